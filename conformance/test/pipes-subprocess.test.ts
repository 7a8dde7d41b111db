import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { conformanceFolder } from "../src/python/conformance-folder.ts";
import { runProcess } from "../src/python/run-process.ts";
import { locationVariables } from "../src/python-location/location-variables.ts";
import { bin } from "../src/serving/start-serving.ts";
import { dagsterPython, needsPython } from "./reference.ts";

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
  let outcomes: Readonly<Record<string, Readonly<Record<"files" | "stdout", Outcome>>>>;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pipes-"));
    const file = join(folder, "definitions.ts");
    writeFileSync(file, definitions);
    const program = join(conformanceFolder, "python", "pipes_assets.py");
    const sigma = { baseUrl: "", clientId: "", clientSecret: "" };
    const args = [program, "rates,throws", process.execPath, bin, "run-steps", "-f", file];
    const { err } = await runProcess(python, args, {
      env: { ...process.env, ...locationVariables(sigma, { folder }) },
    });
    outcomes = JSON.parse(err.trimEnd().split("\n").at(-1) ?? "");
  }, 60_000);

  it.each(["files", "stdout"] as const)("materializes with metadata and logs, over %s", (kind) => {
    const outcome = outcomes["rates"]?.[kind];
    expect(outcome).toMatchObject({
      success: true,
      metadata: [expect.objectContaining({ rows: 31, source: "example" })],
      errors: [],
    });
    expect(outcome?.logs).toContain("downloaded status=200");
  });

  it.each(["files", "stdout"] as const)(
    "fails the asset with exit code 1, and Dagster's log has the JavaScript error, over %s",
    (kind) => {
      const outcome = outcomes["throws"]?.[kind];
      expect(outcome).toMatchObject({ success: false, metadata: [] });
      expect(outcome?.errors).toEqual([expect.stringMatching(/ended with 1\.|failed with code 1$/)]);
      expect(outcome?.logs).toContainEqual(
        expect.stringMatching(/closed with exception .*definitions\.ts:\d+:\d+: boom/),
      );
    },
  );
});
