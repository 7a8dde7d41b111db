import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runSource } from "./run-source.ts";

function stateFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-state-")), "state.ndjson");
  writeFileSync(file, "before");
  return file;
}

describe("a change of a saved state", () => {
  it("is loaded when another process wrote the file, but not when the load itself did", async () => {
    const file = stateFile();
    const { loads } = await runSource(
      [
        ["reload", { how: "writes its state", key: "written" }],
        ["stateChanged", file],
        ["write", file, "by another process"],
        ["stateChanged", file],
        ["stateChanged", file],
      ],
      { stateFile: file },
    );
    expect(loads).toEqual(["key written", "key a"]);
  });

  it("is compared only after the running load, which may have written the file", async () => {
    const file = stateFile();
    const { loads } = await runSource(
      [
        ["start", "reload", { how: "takes a while" }],
        ["sleep", 100],
        ["write", file, "while it loads"],
        ["start", "stateChanged", file],
        ["wait"],
      ],
      { stateFile: file },
    );
    expect(loads).toEqual(["key a"]);
  });

  it("for other definitions is ignored, unless the last load failed", async () => {
    const [file, other] = [stateFile(), stateFile()];
    const { loads } = await runSource(
      [["reload"], ["stateChanged", other], ["reload", { how: "throws" }], ["stateChanged", other]],
      { stateFile: file },
    );
    expect(loads).toEqual(["key a", "RangeError", "key a"]);
  });

  it("is loaded if a sensor made it, in any folder", async () => {
    const file = stateFile();
    const request = { name: "slow", cursor: null, lastTickAt: null };
    const { loads } = await runSource(
      [
        ["reload"],
        ["evaluateSensor", { ...request, name: "answers" }],
        ["start", "evaluateSensor", request],
        ["write", file, "by the sensor"],
        ["wait"],
        ["sleep", 50],
        ["stateChanged", file],
      ],
      { stateFile: file, sensors: true },
      { sensorTimeoutMs: 300 },
    );
    expect(loads).toEqual(["key a", "key a"]);
  });
});
