import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildScheduledCompany } from "../src/materialize/scheduled-company.ts";
import { createDgProject, type DgProject } from "../src/python-location/dg-project.ts";
import { dgPython, needsPython } from "./reference.ts";

const python = (await dgPython()) ?? "";

// The other commands, `dg check defs` and `dg list defs`, are in `npm run test:long dg`.
describe.skipIf(python === "")(`${needsPython} a project made by create-dagster, with the wheel`, () => {
  let sandbox: Sandbox;
  let project: DgProject;

  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildScheduledCompany() });
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-dg-"));
    project = await createDgProject({ python, folder, sigma: sandbox });
  }, 60_000);
  afterAll(() => sandbox.close());

  it("runs by `dg launch`, which materializes a workbook and fails with a JavaScript error", async () => {
    const launched = await project.dg("launch", "--assets", "Workbook_1,throws");
    expect(launched.err).toContain("ASSET_MATERIALIZATION - Materialized value Workbook_1.");
    expect(sandbox.materializations.started).toHaveLength(1);
    expect(launched.err).toMatch(/node\.TypeError: definitions\.ts:\d+:\d+: boom/);
    expect(launched.code).toBe(1);
  }, 60_000);

  it("loads a component file by `dg check yaml`, `dg check defs` and `dg list defs`, once its type is ours", async () => {
    const file = join(project.defsFolder, "bi", "defs.yaml");
    mkdirSync(dirname(file));
    const text = `type: dagster_typescript.SigmaComponent
attributes:
  organization:
    base_url: "{{ env.SIGMA_BASE_URL }}"
    client_id: "{{ env.SIGMA_CLIENT_ID }}"
    client_secret: "{{ env.SIGMA_CLIENT_SECRET }}"
  translation:
    key_prefix: component
    group_name: "{{ data.type | lower }}"
    for_workbook: {tags: {of: "{{ data.properties.name | lower | replace(' ', '_') }}"}}
post_processing:
  assets:
    - attributes: {owners: ["team:bi"]}
`;
    writeFileSync(file, text);
    expect((await project.dg("check", "yaml")).code).toBe(0);
    const listed = await project.dg("list", "defs", "--json");
    const { assets } = JSON.parse(listed.out) as {
      readonly assets: readonly {
        readonly asset_key: string;
        readonly group_name: string;
        readonly tags: unknown;
      }[];
    };
    const workbook = assets.find(({ asset_key }) => asset_key === "component/Workbook_1");
    expect(workbook?.group_name).toBe("workbook");
    expect(JSON.stringify(workbook)).toContain("workbook_1");
    expect(JSON.stringify(workbook)).toContain("bi");
    writeFileSync(file, text.replace("key_prefix", "key_prefx"));
    const refused = await project.dg("check", "yaml");
    expect([refused.code, refused.out + refused.err]).toEqual([1, expect.stringContaining("key_prefx")]);
    rmSync(dirname(file), { recursive: true });
  }, 60_000);
});
