import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
});
