import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import picocolors from "picocolors";
import { describe, expect, it, onTestFinished } from "vitest";
import { askAnswers } from "../src/init/ask-answers.ts";
import { runHere } from "./recording-terminal.ts";
import { variablesOf } from "./sandbox-environment.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-init-"));
const read = (path: string, file: string): string => readFileSync(join(path, file), "utf8");

describe("dagster-sigma init", () => {
  it("writes a project that loads, and shows its first graph", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const env = { ...variablesOf(sandbox), DAGSTER_SIGMA_STATE_DIR: folder() };
    const project = join(folder(), "new", "project");
    const { code, out } = await runHere(["init", project, "--yes", "--folder", "Sales"], { env });
    expect(code).toBe(0);
    expect(out).toMatch(
      /Your graph\n {2}\d+ warehouse tables → \d+ datasets → \d+ data models → \d workbooks\n/,
    );
    for (const file of ["definitions.ts", ".env.example", "package.json", ".gitignore", "workspace.yaml"])
      expect(existsSync(join(project, file))).toBe(true);
    expect(read(project, "definitions.ts")).toContain('sigmaFilter: { workbookFolders: [["Sales"]] }');
    for (const file of ["definitions.ts", ".env.example", "package.json"])
      expect(read(project, file)).not.toContain(sandbox.clientSecret);
    expect(read(project, ".gitignore").split("\n")).toEqual([".env", ".dagster-sigma/", "node_modules/", ""]);
    const later = await runHere(["assets", "-f", join(project, "definitions.ts")], { env });
    expect([later.code, later.err.includes("Error")]).toEqual([0, false]);
  }, 60_000);

  it("keeps files that exist, and adds what .gitignore and workspace.yaml lack", async () => {
    const project = folder();
    writeFileSync(join(project, "definitions.ts"), "// mine\n");
    writeFileSync(join(project, ".gitignore"), "dist\n.env");
    writeFileSync(join(project, "workspace.yaml"), "load_from:\n  - python_file: ours.py # keep\n");
    const { out } = await runHere(["init", project, "--yes", "--no-check", "--json"]);
    const { files } = JSON.parse(out) as {
      readonly files: readonly { readonly file: string; readonly outcome: string }[];
    };
    expect(Object.fromEntries(files.map(({ file, outcome }) => [file, outcome]))).toEqual({
      "definitions.ts": "kept",
      ".env.example": "written",
      "package.json": "written",
      ".gitignore": "changed",
      "workspace.yaml": "changed",
    });
    expect(read(project, "definitions.ts")).toBe("// mine\n");
    expect(read(project, ".gitignore")).toBe("dist\n.env\n.dagster-sigma/\nnode_modules/\n");
    expect(read(project, "workspace.yaml")).toContain("python_file: ours.py # keep");
    const again = await runHere(["init", project, "--yes", "--no-check", "--json"]);
    expect(again.out).not.toMatch(/"(written|changed)"/);
  });

  it("writes the files though the credentials are missing or refused, and says which", async () => {
    const project = folder();
    const missing = await runHere(["init", project, "--yes"]);
    expect(missing.code).toBe(0);
    expect(missing.out).toContain(
      "The credentials could not be checked: The environment variable SIGMA_CLIENT_ID is not set.",
    );
    expect(missing.out).toContain("cp .env.example .env");
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const env = { ...variablesOf(sandbox), SIGMA_CLIENT_SECRET: "wrong" };
    const refused = await runHere(["init", folder(), "--yes"], { env });
    expect(refused.out).toContain("1 refused them");
    expect(`${refused.out}${refused.err}`).not.toContain("wrong");
  }, 40_000);

  it("asks on a terminal; an empty answer takes the default", async () => {
    const input = new PassThrough();
    const asked = askAnswers(
      {
        out: () => undefined,
        err: () => undefined,
        eraseLines: () => undefined,
        input: input as unknown as NodeJS.ReadStream,
        isWatched: false,
        isInteractive: true,
        width: 80,
        height: 24,
        colors: picocolors.createColors(false),
      },
      { baseUrl: "https://api.example.com", folders: [], dbtManifest: null, hasWorkspace: true },
    );
    for (const line of ["", "Sales/EU, Finance", "target/manifest.json", "no"]) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      input.write(`${line}\n`);
    }
    expect(await asked).toEqual({
      baseUrl: "https://api.example.com",
      folders: ["Sales/EU", "Finance"],
      dbtManifest: "target/manifest.json",
      hasWorkspace: false,
    });
  });
});
