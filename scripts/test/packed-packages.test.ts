import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildSampleCompany, generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { shownAssets } from "../../conformance/src/dagster/asset-nodes.ts";
import { startDagster } from "../../conformance/src/dagster/start-dagster.ts";
import { dagsterPython, needsPython } from "../../conformance/test/reference.ts";
import { installPackages } from "../packaging/installed-packages.mjs";
import { root } from "../source-files.mjs";

/** Limits of an installation: bytes of all files, and packages. */
const mostBytes = 35_000_000;
const mostPackages = 62;

/** Licenses that allow any use, as the installed packages name them. */
const permissive = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "(Apache-2.0 AND BSD-3-Clause)",
  "(MIT OR CC0-1.0)",
];

const python = (await dagsterPython()) ?? "";
const project = mkdtempSync(join(tmpdir(), "dagster-sigma-packed-"));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Not in one step: the sandbox answers in this process. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(join(project, "node_modules", ".bin", "dagster-sigma"), args, {
    cwd: project,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", NO_COLOR: "1", ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

/** The folders of all installed packages. */
function installed(folder: string = join(project, "node_modules")): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory() || entry.name.startsWith(".")) return [];
    if (entry.name.startsWith("@")) return installed(path);
    const nested = join(path, "node_modules");
    const more = lstatSync(nested, { throwIfNoEntry: false }) === undefined ? [] : installed(nested);
    return [path, ...more];
  });
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0);
}

describe(`the packed packages ${needsPython}`, () => {
  beforeAll(() => {
    installPackages(root, project);
  }, 240_000);

  it("are small, few, permissively licensed, and need no script at installation", () => {
    const packages = installed();
    expect(bytesOf(join(project, "node_modules"))).toBeLessThanOrEqual(mostBytes);
    expect(packages.length).toBeLessThanOrEqual(mostPackages);
    for (const folder of packages) {
      const {
        name,
        license,
        scripts = {},
      } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
        readonly name: string;
        readonly license: string;
        readonly scripts?: Readonly<Record<string, string>>;
      };
      expect([name, permissive.includes(license)]).toEqual([name, true]);
      // protobufjs compares its version with that of its dependents, and downloads nothing.
      const isScripted = ["preinstall", "install", "postinstall"].some((script) => script in scripts);
      expect([name, isScripted && name !== "protobufjs"]).toEqual([name, false]);
    }
  });

  it("print the graph of the sample organization in an empty folder, and write a project", async () => {
    const demo = await run(["demo"]);
    expect(demo.code).toBe(0);
    expect(demo.out).toContain("25 warehouse tables → 6 datasets → 9 data models → 36 workbooks");
    const init = await run(["init", "new", "--yes", "--no-check"]);
    expect(init.code).toBe(0);
    expect(readFileSync(join(project, "new", "definitions.ts"), "utf8")).toContain("loadSigmaAssetSpecs");
  }, 60_000);

  it("have declarations that a strict program accepts, however it resolves modules", () => {
    const names = readdirSync(join(project, "node_modules", "@dagster-sigma")).map(
      (name) => `@dagster-sigma/${name}`,
    );
    const imports = ["dagster-sigma", ...names].map(
      (name, at) => `import * as m${at} from "${name}";\nexport { m${at} };\n`,
    );
    writeFileSync(join(project, "all.ts"), imports.join(""));
    for (const [module, moduleResolution] of [
      ["node16", "node16"],
      ["nodenext", "nodenext"],
      ["esnext", "bundler"],
    ]) {
      const options = [
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "false",
        "--target",
        "es2023",
        "--types",
        "node",
      ];
      const typeRoots = ["--typeRoots", join(root, "node_modules", "@types")];
      const { status, stdout } = spawnSync(
        process.execPath,
        [
          join(root, "node_modules", "typescript", "bin", "tsc"),
          ...options,
          ...typeRoots,
          ...["--module", module ?? "", "--moduleResolution", moduleResolution ?? "", "all.ts"],
        ],
        { cwd: project, encoding: "utf8" },
      );
      const own = stdout.split("\n").filter((line) => line.includes("dagster-sigma"));
      expect([moduleResolution, status === 0 ? [] : own]).toEqual([moduleResolution, []]);
    }
  }, 60_000);

  it.skipIf(python === "")(
    "load two organizations with a filter and a translator, fail a script, and are shown by a real Dagster",
    async () => {
      const [one, two] = await Promise.all([
        startSandbox({ organization: buildSampleCompany() }),
        startSandbox({ organization: generateOrganization({ workbooks: 4, seed: 3 }) }),
      ]);
      onTestFinished(async () => {
        await Promise.all([one.close(), two.close()]);
      });
      writeFileSync(
        join(project, "definitions.ts"),
        `import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";
const organization = (name: string) =>
  new SigmaOrganization({ baseUrl: EnvVar(\`\${name}_URL\`), clientId: EnvVar(\`\${name}_ID\`), clientSecret: EnvVar(\`\${name}_SECRET\`) });
const [one, two] = [organization("ONE"), organization("TWO")];
const assets = await Promise.all([
  loadSigmaAssetSpecs(one, { sigmaFilter: { workbookFolders: [["Finance"]] }, workbookColumns: true }),
  loadSigmaAssetSpecs(two, { dagsterSigmaTranslator: (spec) => spec.with({ key: spec.key.withPrefix("two"), groupName: "second" }) }),
]);
export default new Definitions({ assets: assets.flat(), resources: { one, two } });
`,
      );
      const env = {
        ONE_URL: one.baseUrl,
        ONE_ID: one.clientId,
        ONE_SECRET: one.clientSecret,
        TWO_URL: two.baseUrl,
        TWO_ID: two.clientId,
        TWO_SECRET: two.clientSecret,
      };
      const names = await run(["assets", "-f", "definitions.ts", "-o", "name"], env);
      expect(names.code).toBe(0);
      const keys = names.out.trim().split("\n");
      expect(keys).toContain("Revenue_Overview");
      expect(keys).not.toContain("Orders_Explorer");
      expect(keys.some((key) => key.startsWith("two/"))).toBe(true);
      const impact = await run(
        ["impact", "ledger.AMOUNT", "-f", "definitions.ts", "--fail-on", "workbooks"],
        env,
      );
      expect([impact.code, impact.out]).toEqual([3, expect.stringContaining("Revenue Overview")]);

      const served = spawn(
        join(project, "node_modules", ".bin", "dagster-sigma"),
        ["serve", "-f", "definitions.ts", "--port", "0", "--json", "--runs", "off"],
        { cwd: project, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
      );
      onTestFinished(() => void served.kill("SIGKILL"));
      const [line] = (await once(createInterface(served.stdout), "line")) as [string];
      const { port } = JSON.parse(line) as { readonly port: number };
      await once(served.stderr, "data");
      const dagster = await startDagster({ python, locations: [{ name: "sigma", port }] });
      onTestFinished(() => dagster.close());
      const shown = (await shownAssets(dagster)).map((asset) => asset.assetKey.path.join("/"));
      for (const key of keys) expect(shown).toContain(key);
    },
    120_000,
  );
});
