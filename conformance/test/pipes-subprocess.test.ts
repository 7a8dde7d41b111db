import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { conformanceFolder, locationVariables, runProcess } from "../src/index.ts";
import { dagsterPython, needsPython } from "./reference.ts";
import { bin } from "./serve-process.ts";

const definitions = `
import { AssetSpec, Definitions, MaterializeResult } from "dagster-sigma";
const own = (key, materialize) => new AssetSpec({ key, execution: { description: "test", materialize } });
console.log("a line that is no message");
export default new Definitions({
  assets: [
    own("rates", async ({ log }) => {
      log.info("downloaded", { status: 200 });
      return new MaterializeResult({ metadata: { rows: 31, source: "example" } });
    }),
    own("throws", async () => { throw new TypeError("boom"); }),
  ],
});
`;

/** How the asset ended in Dagster. */
interface Outcome {
  readonly success: boolean;
  readonly metadata: readonly object[];
  readonly errors: readonly string[];
  readonly logs: readonly string[];
}

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} run-steps as a process of Dagster Pipes`, () => {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pipes-"));
  const file = join(folder, "definitions.ts");
  writeFileSync(file, definitions);

  async function materialize(key: string): Promise<Readonly<Record<"files" | "stdout", Outcome>>> {
    const program = join(conformanceFolder, "python", "pipes_assets.py");
    const sigma = { baseUrl: "", clientId: "", clientSecret: "" };
    const { err } = await runProcess(python, [program, key, process.execPath, bin, "run-steps", "-f", file], {
      env: { ...process.env, ...locationVariables(sigma, { folder }) },
    });
    return JSON.parse(err.trimEnd().split("\n").at(-1) ?? "");
  }

  it("materializes with metadata and logs, over files and over stdout", async () => {
    const outcomes = await materialize("rates");
    for (const outcome of [outcomes.files, outcomes.stdout]) {
      expect(outcome).toMatchObject({
        success: true,
        metadata: [expect.objectContaining({ rows: 31, source: "example" })],
        errors: [],
      });
      expect(outcome.logs).toContain("downloaded status=200");
    }
  });

  it("fails the asset with exit code 1, and Dagster's log has the JavaScript error", async () => {
    const outcomes = await materialize("throws");
    for (const outcome of [outcomes.files, outcomes.stdout]) {
      expect(outcome).toMatchObject({ success: false, metadata: [] });
      expect(outcome.errors).toEqual([expect.stringMatching(/ended with 1\.|failed with code 1$/)]);
      expect(outcome.logs).toContainEqual(
        expect.stringMatching(/closed with exception .*definitions\.ts:\d+:\d+: boom/),
      );
    }
  });
});
