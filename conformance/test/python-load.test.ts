import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locationVariables, runProcess } from "../src/index.ts";
import { dagsterPython, needsPython } from "./reference.ts";

/** A dagster-sigma whose definitions are one virtual asset with the number of exports so far. */
const command = `
import { appendFileSync, readFileSync } from "node:fs";
appendFileSync("exports", "x");
console.log(JSON.stringify({ format: 1, file: null, assets: [{
  key: ["export_" + readFileSync("exports", "utf8").length], op: null, deps: [], description: null, group: null, code_version: null,
  owners: [], tags: {}, kinds: [], checks: [], is_virtual: true, serialized: { metadata: {} },
}] }));
`;

/** Dagster calls such a function several times in one process. */
const program = `
import json, os, pathlib, sys
from dagster_typescript import load_definitions
def keys():
    return [spec.key.to_user_string() for spec in load_definitions("definitions.ts").resolve_all_asset_specs()]
loads = [keys(), keys()]
os.utime(pathlib.Path(__file__).parent / "definitions.ts", (1, 1))
print(json.dumps([*loads, keys()]))
`;

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} load_definitions`, () => {
  it("exports a file once in a process, and again when the file has changed, without warnings", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-load-"));
    writeFileSync(join(folder, "command.mjs"), command);
    writeFileSync(join(folder, "definitions.ts"), "");
    writeFileSync(join(folder, "program.py"), program);
    const env = {
      ...process.env,
      ...locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder }),
      DAGSTER_SIGMA_COMMAND: `${process.execPath} ${join(folder, "command.mjs")}`,
    };
    const { code, out, err } = await runProcess(python, [join(folder, "program.py")], { env });
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual([["export_1"], ["export_1"], ["export_2"]]);
    // Dagster warns that virtual assets are in preview, once for each of them.
    expect(err).toBe("");
  });
});
