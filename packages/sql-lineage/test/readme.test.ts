import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const packageFolder = join(import.meta.dirname, "..");
const readme = readFileSync(join(packageFolder, "README.md"), "utf8");
const examples = [...readme.matchAll(/```js\n([\s\S]*?)```\s*```text\n([\s\S]*?)```/g)];

/** Each example runs in a separate process on the built package, and exits by itself. */
describe("the README", () => {
  it("has three examples", () => {
    expect(examples).toHaveLength(3);
  });

  it.each(examples.map(([, code = "", output = ""]) => ({ code, output })))(
    "has an example that prints: $output",
    ({ code, output }) => {
      const result = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
        cwd: packageFolder,
        encoding: "utf8",
        timeout: 15_000,
      });
      expect(result).toMatchObject({ stderr: "", stdout: output, status: 0 });
    },
  );
});
