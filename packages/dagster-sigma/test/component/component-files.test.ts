import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editorSchemaText } from "../../src/component/editor-schema.ts";
import { runHere } from "../recording-terminal.ts";
import { variablesOf } from "../sandbox-environment.ts";

const organization = `attributes:
  organization:
    base_url: "{{ env.SIGMA_BASE_URL }}"
    client_id: "{{ env.SIGMA_CLIENT_ID }}"
    client_secret: "{{ env.SIGMA_CLIENT_SECRET }}"
`;

describe("component files on the command line", () => {
  let sandbox: Sandbox;
  let env: Readonly<Record<string, string>> = {};
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-defs-"));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildSampleCompany() });
    env = { ...variablesOf(sandbox), DAGSTER_SIGMA_STATE_DIR: join(folder, "state") };
    write("package.json", "{}");
  });
  afterAll(() => sandbox.close());

  const keysOf = async (file: string): Promise<readonly string[]> => {
    const { code, out, err } = await runHere(["assets", "-f", file, "--json"], { env });
    expect([code, err]).toEqual([0, expect.any(String)]);
    const { assets } = JSON.parse(out) as { readonly assets: readonly { readonly key: readonly string[] }[] };
    return assets.map(({ key }) => key.join("/"));
  };

  it("are written by scaffold, and load as they are", async () => {
    const file = join(folder, "made", "defs.yaml");
    expect((await runHere(["scaffold", "component", file])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("# yaml-language-server: $schema=");
    expect((await runHere(["scaffold", "component", file])).err).toContain("exists already");
    expect(await keysOf(file)).toContain("Orders_Explorer");
  });

  it("of a folder load beside definitions.ts, with a subclass in TypeScript, without those of Python", async () => {
    write(
      "defs/one/component.ts",
      `import { SigmaComponent } from "dagster-sigma";
export class Tagged extends SigmaComponent {
  override getAssetSpec(data) { return super.getAssetSpec(data).mergeAttributes({ tags: { by: "subclass" } }); }
}
`,
    );
    write(
      "defs/one/defs.yaml",
      `type: .component.Tagged\n${organization}  translation: {key_prefix: one}\n---\ntype: dagster_dbt.DbtProjectComponent\nattributes: {project: x}\n`,
    );
    write(
      "defs/two/definitions.ts",
      `import { AssetSpec, Definitions } from "dagster-sigma";
export default new Definitions({ assets: [new AssetSpec({ key: "by_hand" })] });
`,
    );
    const { out, err } = await runHere(["assets", "-f", join(folder, "defs"), "--json"], { env });
    const { assets } = JSON.parse(out) as {
      readonly assets: readonly { readonly key: readonly string[]; readonly tags: object }[];
    };
    expect(assets.map(({ key }) => key.join("/"))).toContain("by_hand");
    expect(assets.find(({ key }) => key.join("/") === "one/Orders_Explorer")?.tags).toMatchObject({
      by: "subclass",
    });
    expect(err).toMatch(
      /Left out, because it needs Python: .*defs\.yaml:\d+: dagster_dbt\.DbtProjectComponent/,
    );
  }, 30_000);

  it("write their state, and are exported from it without a request", async () => {
    const file = write(
      "two.yaml",
      `type: dagster_typescript.SigmaComponent\n${organization}  defs_state: {management_type: VERSIONED_STATE_STORAGE}\n`,
    );
    const state = join(folder, "two.ndjson");
    expect((await runHere(["assets", "-f", file], { env })).err).toContain("[COMPONENT_NOT_SUPPORTED]");
    expect((await runHere(["snapshot", "-f", file, "-o", state, "--document", "0"], { env })).code).toBe(0);
    const before = sandbox.log.requests.length;
    const { code, out } = await runHere(["export", "dagster-python", "-f", file, "--state", state], { env });
    expect([code, JSON.parse(out).assets.length > 40, sandbox.log.requests.length - before]).toEqual([
      0,
      true,
      0,
    ]);
    expect(out).not.toContain(sandbox.clientSecret);
  });

  it("have a schema for editors that the package carries", () => {
    const file = join(import.meta.dirname, "..", "..", "schema", "defs.schema.json");
    const text = editorSchemaText();
    if (process.env["UPDATE_JSON_SCHEMA"] === "1") writeFileSync(file, text);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(text));
  });
});
