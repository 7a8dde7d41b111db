import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type CommandResult, failureIn, runCommand } from "./run-command.ts";

const definitions = `
import { AssetSpec, Definitions, MaterializeResult } from "dagster-sigma";
const own = (key, materialize) => new AssetSpec({ key, execution: { description: "test", materialize } });
export default new Definitions({ assets: [
  own("ok", async () => new MaterializeResult()),
  own("throws", async () => { throw new TypeError("boom"); }),
  own("terminated", ({ signal }) => new Promise((_resolve, reject) => {
    setImmediate(() => process.kill(process.pid, "SIGTERM"));
    const keep = setInterval(() => undefined, 1_000);
    signal.addEventListener("abort", () => { clearInterval(keep); reject(signal.reason); });
  })),
] });
`;

/** Runs one step, as Dagster Pipes starts it. */
async function runStep(key: string): Promise<CommandResult & { readonly methods: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-step-"));
  const file = join(folder, "definitions.ts");
  const messages = join(folder, "messages");
  writeFileSync(file, definitions);
  const encode = (json: object): string => deflateSync(JSON.stringify(json)).toString("base64");
  const env = {
    DAGSTER_PIPES_CONTEXT: encode({ data: { asset_keys: [key], run_id: "r" } }),
    DAGSTER_PIPES_MESSAGES: encode({ path: messages }),
  };
  const result = await runCommand(["run-steps", "-f", file, "--json"], { env });
  const lines = readFileSync(messages, "utf8").trimEnd().split("\n");
  return { ...result, methods: lines.map((line) => JSON.parse(line).method) };
}

describe("dagster-sigma run-steps, started by Dagster Pipes", () => {
  it("exits with 0 after a materialization", async () => {
    const { code, methods } = await runStep("ok");
    expect([code, methods]).toEqual([0, ["opened", "report_asset_materialization", "closed"]]);
  });

  it("exits with 1 if the code of the asset throws, and prints its error", async () => {
    const { code, err, methods } = await runStep("throws");
    expect([code, methods]).toEqual([1, ["opened", "closed"]]);
    expect(failureIn(err)).toMatchObject({
      code: "STEP_FAILED",
      message: expect.stringMatching(/^TypeError: .*definitions\.ts:\d+:\d+: boom/),
    });
  });

  it("exits with 1 if the run is terminated", async () => {
    const { code, err, methods } = await runStep("terminated");
    expect([code, methods]).toEqual([1, ["opened", "closed"]]);
    expect(failureIn(err)).toMatchObject({ message: "StepTerminated: The run was terminated." });
  });
});
