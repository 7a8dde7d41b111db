import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureIn, runCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-cli-"));

/** A definitions file in its own folder. */
function definitionsFile(text: string): string {
  const file = join(folder(), "definitions.ts");
  writeFileSync(file, text);
  return file;
}

interface Failure {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly exit: number;
  readonly code: string;
  readonly message: RegExp;
  readonly hint: RegExp | null;
}

const elsewhere = { SIGMA_CLIENT_ID: "id", SIGMA_CLIENT_SECRET: "hush-hush" };

const failures: Readonly<Record<string, Failure>> = {
  "a missing variable": {
    args: ["assets"],
    exit: 2,
    code: "ENV_VAR_MISSING",
    message: /SIGMA_BASE_URL is not set/,
    hint: /\.env/,
  },
  "a base URL that is none": {
    args: ["assets"],
    env: { ...elsewhere, SIGMA_BASE_URL: "https://app.sigmacomputing.com/acme" },
    exit: 2,
    code: "SIGMA_BASE_URL_INVALID",
    message: /address of Sigma's pages/,
    hint: /Administration/,
  },
  "no network": {
    args: ["assets"],
    env: { ...elsewhere, SIGMA_BASE_URL: "http://127.0.0.1:9" },
    exit: 1,
    code: "SIGMA_CONNECTION",
    message: /no connection to http:\/\/127\.0\.0\.1:9/,
    hint: /network/,
  },
  "an option that is none": {
    args: ["assets", "--jsn"],
    exit: 2,
    code: "WRONG_USE",
    message: /unknown option '--jsn'/,
    hint: /--help/,
  },
  "a command that is none": {
    args: ["asset"],
    exit: 2,
    code: "WRONG_USE",
    message: /unknown command 'asset'/,
    hint: /--help/,
  },
  "no command": { args: [], exit: 2, code: "WRONG_USE", message: /No command given/, hint: /--help/ },
  "a definitions file that is not there": {
    args: ["assets", "-f", "nowhere.ts"],
    exit: 2,
    code: "DEFINITIONS_FILE_MISSING",
    message: /file nowhere\.ts does not exist/,
    hint: /-f/,
  },
  "a definitions file that throws": {
    args: [
      "assets",
      "-f",
      definitionsFile(
        "interface A {\n  x: number;\n}\n\nconst a: A = { x: 1 };\nthrow new RangeError('x is ' + a.x);\n",
      ),
    ],
    exit: 1,
    code: "DEFINITIONS_FILE_FAILED",
    message: /definitions\.ts:6:7: RangeError: x is 1/,
    hint: null,
  },
  "a definitions file with a mistake in it": {
    args: ["assets", "-f", definitionsFile("const a = 1;\nconst b = = 2;\n")],
    exit: 1,
    code: "DEFINITIONS_FILE_FAILED",
    message: /definitions\.ts:2:1\d: .*Unexpected token/,
    hint: null,
  },
  "a definitions file that misuses the library": {
    args: [
      "assets",
      "-f",
      definitionsFile(
        'import { SigmaFilter } from "dagster-sigma";\n\nnew SigmaFilter({ workbookFolders: ["Finance"] as never });\n',
      ),
    ],
    exit: 2,
    code: "SIGMA_FILTER_INVALID",
    message: /definitions\.ts:3:1: .*"Finance" at index 0/,
    hint: /\[\["Finance"\]\]/,
  },
  "a definitions file without definitions": {
    args: ["assets", "-f", definitionsFile("export const x = 1;\n")],
    exit: 2,
    code: "DEFINITIONS_FILE_NO_DEFINITIONS",
    message: /does not export definitions/,
    hint: /export default new Definitions/,
  },
  "options that a definitions file decides itself": {
    args: ["assets", "-f", definitionsFile(""), "--folder", "A", "--schedules", "--no-columns"],
    exit: 2,
    code: "WRONG_USE",
    message: /--folder, --schedules, --no-columns cannot be used together with -f/,
    hint: /loadSigmaAssetSpecs/,
  },
  "a snapshot that is not there": {
    args: ["assets", "--snapshot", "nowhere.ndjson"],
    exit: 2,
    code: "SNAPSHOT_UNREADABLE",
    message: /nowhere\.ndjson cannot be read/,
    hint: /dagster-sigma snapshot/,
  },
  "a broken snapshot": {
    args: ["assets", "--snapshot", definitionsFile('{"type":"header","formatVersion":1}\n{"ty')],
    exit: 2,
    code: "SNAPSHOT_BROKEN",
    message: /line 2/,
    hint: /again/,
  },
  "a snapshot without a file to write": {
    args: ["snapshot"],
    exit: 2,
    code: "WRONG_USE",
    message: /No output file was given/,
    hint: /-o/,
  },
  "definitions without a snapshot to write": {
    args: [
      "snapshot",
      "-f",
      definitionsFile('import { Definitions } from "dagster-sigma";\nexport default new Definitions();\n'),
    ],
    exit: 2,
    code: "WRONG_USE",
    message: /snapshotPath/,
    hint: /snapshotPath/,
  },
  "a port that is none": {
    args: ["sandbox", "--port", "x"],
    exit: 2,
    code: "WRONG_USE",
    message: /port/i,
    hint: /--help/,
  },
};

describe("a failure", () => {
  it.each(Object.entries(failures))("has a clear message and its exit code: %s", async (_what, failure) => {
    const { args, env = {}, exit, code, message, hint } = failure;
    const cwd = folder();
    const forPeople = await runCommand(args, { env, cwd });
    expect(forPeople).toMatchObject({ code: exit, out: "" });
    expect(forPeople.err).toMatch(message);
    expect(forPeople.err).toContain(code);
    expect(forPeople.err).not.toMatch(/\n\s+at /);
    expect(forPeople.err).not.toContain("hush-hush");

    const forPrograms = await runCommand([...args, "--json"], { env, cwd });
    expect(forPrograms).toMatchObject({ code: exit, out: "" });
    expect(forPrograms.err.trimEnd().split("\n")).toHaveLength(1);
    expect(failureIn(forPrograms.err)).toEqual({
      code,
      message: expect.stringMatching(message),
      hint: hint === null ? null : expect.stringMatching(hint),
    });
  });

  it("with wrong credentials names both the credentials and the region", async () => {
    const { env } = await startSandboxEnvironment();
    const { code, out, err } = await runCommand(["assets"], {
      env: { ...env, SIGMA_CLIENT_SECRET: "wrong-one" },
    });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/refused the client id and secret/);
    expect(err).toMatch(/another region than http:\/\/127/);
    expect(err).not.toContain("wrong-one");
  });

  it("with --verbose is printed with each request and a stack trace, without secrets", async () => {
    const { env } = await startSandboxEnvironment();
    const { err } = await runCommand(["assets", "--verbose"], {
      env: { ...env, SIGMA_CLIENT_SECRET: "wrong-one" },
    });
    expect(err).toMatch(/debug call endpoint="POST \/v2\/auth\/token"/);
    expect(err).toMatch(/\n\s+at /);
    expect(err).not.toContain("wrong-one");
  });

  it("to fetch lineage ends the load only with --fail-on-lineage-error", async () => {
    const { sandbox, env } = await startSandboxEnvironment();
    const fault = { kind: "status", status: 403 } as const;
    sandbox.faults.add({ route: "/v2/workbooks/{workbookId}/lineage", fault });
    expect((await runCommand(["assets", "--json"], { env })).code).toBe(0);
    const strict = await runCommand(["assets", "--json", "--fail-on-lineage-error"], { env });
    expect([strict.code, strict.out]).toEqual([1, ""]);
    expect(failureIn(strict.err)).toMatchObject({ code: "SIGMA_PERMISSION" });
  });

  it("due to an old Node version is one sentence that names the required version", async () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })";
    const { code, out, err } = await runCommand(["demo"], {
      nodeArgs: ["--import", `data:text/javascript,${pretend}`],
    });
    expect({ code, out, err }).toEqual({
      code: 2,
      out: "",
      err: "dagster-sigma needs Node 20.19 or newer; this is Node 18.20.4.\n",
    });
  });
});
