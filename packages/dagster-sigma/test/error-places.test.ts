import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

/** The error of a definitions file: its first line, and the marked position. */
async function errorOf(
  text: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{
  readonly message: string;
  readonly marked: string;
  readonly err: string;
  readonly code: number | null;
}> {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-places-"));
  writeFileSync(join(folder, "definitions.ts"), text);
  const { err, code } = await runCommand(["assets", "-f", "definitions.ts", "--no-color"], {
    cwd: folder,
    env,
  });
  const [message = "", , source = "", mark = ""] = err.slice(err.indexOf("Error: ")).split("\n");
  return {
    message: message.replace(/^Error: /, "").replace(/ \[[A-Z_]+\]$/, ""),
    marked: source.slice(mark.indexOf("^")),
    err,
    code,
  };
}

const sigma = `
const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
`;
const imports = `import { type AssetSpec, DagsterSigmaTranslator, Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization, type SigmaTranslatorData } from "dagster-sigma";
`;
const load = (translator: string): string =>
  `export default new Definitions({ assets: await loadSigmaAssetSpecs(sigma, { dagsterSigmaTranslator: ${translator} }) });\n`;

describe("an error in a definitions file", () => {
  it.each([
    [
      "on a line with types",
      'import { Definitions } from "dagster-sigma";\ninterface A { readonly x: number }\nconst a: A = { x: 1 } satisfies A; const b: string = (a as unknown as { foo: { bar: string } }).foo.bar;\n',
      "3:101",
      "bar;",
    ],
    [
      "on the first line",
      "const a: string = (null as unknown as string[])[0].length; export default a;\n",
      "1:49",
      "0].length",
    ],
    ["that is one of syntax", "export default 1;\nconst x = {;\n", "2:12", ";"],
  ])("%s is shown at its line and column in the source", async (_what, text, place, marked) => {
    const error = await errorOf(text);
    expect(error.message).toMatch(new RegExp(`^definitions\\.ts:${place}`));
    expect(error.marked.startsWith(marked), error.err).toBe(true);
  });

  it("in a translator is shown at the line that threw, not where the assets are loaded", async () => {
    const { env } = await startSandboxEnvironment();
    const translator = `class MyTranslator extends DagsterSigmaTranslator {
  override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
    const names: readonly string[] = (data as unknown as { nothing: string[] }).nothing.slice();
    return super.getAssetSpec(data).replaceAttributes({ owners: names });
  }
}
`;
    const { message, marked, err } = await errorOf(
      `${imports}${translator}${sigma}${load("new MyTranslator()")}`,
      env,
    );
    expect(message).toMatch(/^definitions\.ts:4:\d+: TranslatorError: .* "Basket Analysis" .*'slice'/);
    expect(marked.startsWith("slice()"), err).toBe(true);
  });

  it("for a translator passed as a class asks for an instance, before anything is fetched", async () => {
    const { env, sandbox } = await startSandboxEnvironment();
    const { message, err, code } = await errorOf(
      `${imports}class MyTranslator extends DagsterSigmaTranslator {}\n${sigma}${load("MyTranslator as never")}`,
      env,
    );
    expect(message).toContain("got the class MyTranslator instead of an instance");
    expect(err).toContain("[TRANSLATOR_INVALID]\n");
    expect(err).toContain("Write `new MyTranslator()`.\n");
    expect([code, sandbox.log.requests.length]).toEqual([2, 0]);
  });
});
