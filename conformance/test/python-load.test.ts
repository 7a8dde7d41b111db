import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProcess } from "../src/python/run-process.ts";
import { locationVariables } from "../src/python-location/location-variables.ts";
import { dagsterPython, needsPython } from "./reference.ts";

/** A dagster-sigma whose definitions are one virtual asset with the number of exports so far, made of two files. */
const command = `
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
appendFileSync("exports", "x");
const sources = Object.fromEntries(["definitions.ts", "imported.ts"].map((name) => {
  const { ino, size, mtimeNs } = statSync(name, { bigint: true });
  return [join(process.cwd(), name), [ino, size, mtimeNs].join(" ")];
}));
console.log(JSON.stringify({ format: 2, file: null, sources, sensors: [], checks: [], assets: [{
  key: ["export_" + readFileSync("exports", "utf8").length], op: null, deps: [], kinds: [], checks: [],
  spec: { description: null, is_virtual: true }, serialized: { metadata: {} },
}] }));
`;

/** Dagster calls such a function several times in one process. */
const program = `
import json, os, pathlib, sys
from dagster_typescript import document, load_definitions
folder = pathlib.Path(__file__).parent
def keys():
    return [spec.key.to_user_string() for spec in load_definitions("definitions.ts").resolve_all_asset_specs()]
loads = [keys(), keys()]
for name in ["definitions.ts", "imported.ts"]:
    os.utime(folder / name, (1, 1))
    loads.append(keys())
document.EXPORT_SECONDS = 0
print(json.dumps([*loads, keys()]))
`;

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} load_definitions`, () => {
  it("exports a file once in a process, and again when it or a file beside it has changed, without warnings", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-load-"));
    writeFileSync(join(folder, "command.mjs"), command);
    for (const name of ["definitions.ts", "imported.ts"]) writeFileSync(join(folder, name), "");
    writeFileSync(join(folder, "program.py"), program);
    const env = {
      ...process.env,
      ...locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder }),
      DAGSTER_SIGMA_COMMAND: `${process.execPath} ${join(folder, "command.mjs")}`,
    };
    const { code, out, err } = await runProcess(python, [join(folder, "program.py")], { env });
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual(
      ["export_1", "export_1", "export_2", "export_3", "export_4"].map((key) => [key]),
    );
    // Dagster warns that virtual assets are in preview, once for each of them.
    expect(err).toBe("");
  });
});
