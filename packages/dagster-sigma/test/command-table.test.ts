import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import picocolors from "picocolors";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { commandHelp } from "../src/help/command-help.ts";
import { createProgram } from "../src/main.ts";
import { jsonSchemas, jsonSchemaText } from "./json-schemas.ts";
import { runHere } from "./recording-terminal.ts";
import { bin, root } from "./run-command.ts";
import { variablesOf } from "./sandbox-environment.ts";

const silent = {
  out: () => undefined,
  err: () => undefined,
  eraseLines: () => undefined,
  input: process.stdin,
  isWatched: false,
  isInteractive: false,
  width: 80,
  height: null,
  colors: picocolors.createColors(false),
};
const program = createProgram(silent, { withHelp: false });
const commands = program.commands.filter((command) => command.name() !== "help");
const internal = ["run-steps", "run-sensor"];

describe("every command", () => {
  it("has an entry in the table of help, which has no other", () => {
    expect(Object.keys(commandHelp).sort()).toEqual(commands.map((command) => command.name()).sort());
  });

  it.each(commands.map((command) => command.name()))(
    "%s explains its options within the terminal, with examples",
    async (name) => {
      const { code, out } = await runHere([name, "--help"], { width: 60 });
      expect(code).toBe(0);
      const command = commands.find((each) => each.name() === name);
      for (const { long, hidden } of command?.options ?? []) if (!hidden) expect(out).toContain(long);
      if (name !== "export") expect(out).toContain("--quiet");
      // A flag with its value may be longer; explanations are not.
      for (const line of out.split("\n").filter((text) => text.startsWith("      ")))
        expect(line.length).toBeLessThanOrEqual(60);
      if (!internal.includes(name)) expect(out).toContain(`dagster-sigma ${name}`);
    },
  );

  it.each(
    Object.entries(commandHelp).flatMap(([name, { examples }]) => examples.map(([line]) => [name, line])),
  )("%s has an example whose options exist: %s", (name, line) => {
    const [first = "", ...rest] = line.split(" ");
    expect(first).toBe(name);
    const command = commands.find((each) => each.name() === first);
    const all = [command, ...(command?.commands ?? []), program].flatMap((each) => each?.options ?? []);
    for (const flag of rest.filter((word) => /^--?[a-z]/.test(word)))
      expect(all.some(({ long, short }) => [long, short].includes(flag))).toBe(true);
  });
});

describe("the command line", () => {
  let sandbox: Sandbox;
  let env: Readonly<Record<string, string>> = {};
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-table-"));
  const definitions = join(folder, "definitions.ts");
  const snapshot = join(folder, "sample.snapshot");
  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildSampleCompany() });
    env = { ...variablesOf(sandbox), DAGSTER_SIGMA_STATE_DIR: join(folder, "state") };
    writeFileSync(
      definitions,
      `import { AssetSpec, Definitions } from "dagster-sigma";
export default new Definitions({ assets: [new AssetSpec({ key: "board", deps: ["orders", "mine"] })] });
`,
    );
    expect((await runHere(["snapshot", "-o", snapshot], { env })).code).toBe(0);
  });
  afterAll(() => sandbox.close());

  it.each<[readonly string[], number, string]>([
    [["asets"], 2, "unknown command 'asets' (Did you mean assets?)"],
    [["assets", "--selct", "x"], 2, "unknown option '--selct' (Did you mean --select?)"],
    [["assets", "--selct", "x"], 2, "`dagster-sigma assets --help` lists its options"],
    [["help", "nope"], 2, 'There is no command "nope".'],
    [["help", "shwo"], 2, "Did you mean: show?"],
    [["assets", "-o", "jsn"], 2, "Allowed choices are text, name, wide, csv, json"],
    [["assets", "--stubs"], 2, "--stubs has no effect on the text."],
    [["assets", "-f", "/nope.ts"], 2, "[DEFINITIONS_FILE_MISSING]"],
    [["assets", "--snapshot", "/nope"], 2, "[SNAPSHOT_UNREADABLE]"],
    [["diff", "/nope", "/nope"], 2, "[SNAPSHOT_UNREADABLE]"],
    [["diff", definitions, definitions], 2, "[SNAPSHOT_BROKEN]"],
    [["sql", "--dialect", "big-query"], 2, "Did you mean: bigquery?"],
    [["impact", "nothing.like.this", "-f", definitions], 2, "[ASSET_NOT_FOUND]"],
    [["doctor", "--find-region", "http://127.0.0.1:1"], 2, "[REGION_NOT_FOUND]"],
    [["show", "boadr", "-f", definitions], 2, "Did you mean: board"],
  ])(
    "%j exits with %i, and says: %s",
    async (args, code, text) => {
      const result = await runHere(args, { env });
      expect([result.code, result.out]).toEqual([code, ""]);
      expect(result.err).toMatch(/^Error: /);
      expect(result.err).toContain(text);
    },
    40_000,
  );

  it("keeps a damaged saved state a failure of the load, with another exit code than a given file", async () => {
    const broken = { ...env, DAGSTER_SIGMA_STATE_DIR: join(folder, "broken") };
    const { out } = await runHere(["refresh", "--json"], { env: broken });
    const { files } = JSON.parse(out) as { readonly files: readonly string[] };
    writeFileSync(files[0] ?? "", "no state\n");
    expect((await runHere(["assets"], { env: broken })).code).toBe(1);
  });

  it.each<[keyof typeof jsonSchemas, readonly string[]]>([
    ["assets", ["assets"]],
    ["assets", ["assets", "-f", "DEFINITIONS", "--refresh"]],
    ["show", ["show", "Revenue Overview"]],
    ["impact", ["impact", "orders.net_amount", "harbor.sales.refunds"]],
    ["check", ["check"]],
    ["diff", ["diff", "SNAPSHOT", "SNAPSHOT"]],
    ["refresh", ["refresh", "--diff"]],
    ["snapshot", ["snapshot", "-o", "OTHER"]],
    ["doctor", ["doctor"]],
    ["doctor", ["doctor", "--sign-in"]],
    ["init", ["init", "PROJECT", "--yes"]],
    ["scaffold", ["scaffold", "component", "COMPONENT"]],
    ["sql", ["sql"]],
    ["serve", ["serve", "--add-to", "WORKSPACE"]],
  ])(
    "of %s prints JSON of the published shape, and nothing on stderr: %j",
    async (name, args) => {
      const places: Readonly<Record<string, string>> = {
        DEFINITIONS: definitions,
        SNAPSHOT: snapshot,
        OTHER: join(folder, "other.snapshot"),
        PROJECT: join(folder, "project"),
        COMPONENT: join(folder, "component", "defs.yaml"),
        WORKSPACE: join(folder, "workspace.yaml"),
      };
      const line = args.map((arg) => places[arg] ?? arg);
      const { code, out, err } = await runHere([...line, "--json"], { env });
      expect([code, err.replaceAll(/^info (fetch|Sigma asks).*\n/gm, "")]).toEqual([0, ""]);
      expect(out.endsWith("\n") && out.indexOf("\n") === out.length - 1).toBe(true);
      const json = JSON.parse(out) as object;
      expect(Object.keys(json)[0]).toBe("version");
      const { error } = jsonSchemas[name].safeParse(json);
      expect(error?.issues ?? []).toEqual([]);
    },
    40_000,
  );

  it("prints a failure as one line of JSON, the last on stderr", async () => {
    const { code, out, err } = await runHere(["show", "nothing", "--json", "--verbose"], { env });
    expect([code, out]).toEqual([2, ""]);
    const lines = err.trimEnd().split("\n");
    const failure = lines.find((line) => line.startsWith("{"));
    expect(jsonSchemas.failure.safeParse(JSON.parse(failure ?? "")).success).toBe(true);
  });

  it("publishes the shapes as docs/reference/json-schema.json", () => {
    const file = join(root, "docs", "reference", "json-schema.json");
    if (process.env["UPDATE_JSON_SCHEMA"] === "1") writeFileSync(file, jsonSchemaText());
    expect(readFileSync(file, "utf8")).toBe(jsonSchemaText());
  });

  it("prints nothing on stderr with --quiet but errors", async () => {
    const { out, err } = await runHere(["assets", "--quiet"], { env });
    expect(out).toContain("36 workbooks");
    expect(err).toBe("");
    expect((await runHere(["show", "nothing", "--quiet"], { env })).err).toContain("[ASSET_NOT_FOUND]");
  });

  it("lists assets as keys, as a table that fits, and as CSV", async () => {
    const name = await runHere(["assets", "-o", "name"], { env });
    expect(name.out.split("\n")).toContain("Revenue_Overview");
    const wide = await runHere(["assets", "-o", "wide"], { env, width: 70 });
    const lines = wide.out.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^KEY +NAME +KIND +FOLDER +OWNERS +READS +READ BY$/);
    expect(lines).toHaveLength(52);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(70);
    const csv = await runHere(["assets", "-o", "csv", "--stubs"], { env });
    expect(csv.out).toContain("\nharbor/sales/orders,orders,table,harbor/sales,,harbor.sales.orders,0,");
  });

  it("counts a dependency that is not known to be a table as an upstream asset", async () => {
    const { out } = await runHere(["assets", "-f", definitions]);
    expect(out).toContain("2 upstream assets → 1 other asset");
  });

  it("tells two organizations' workbooks of one name apart by their keys", async () => {
    const file = join(folder, "two.ts");
    writeFileSync(
      file,
      `import { AssetSpec, Definitions } from "dagster-sigma";
const book = (key) => new AssetSpec({ key, deps: ["orders"], presentation: { name: "Revenue Overview", folder: ["Finance"] } });
export default new Definitions({ assets: [book(["one", "revenue"]), book(["two", "revenue"])] });
`,
    );
    const { out } = await runHere(["assets", "-f", file]);
    expect(out).toMatch(/Revenue Overview +one\/revenue/);
    expect(out).toMatch(/Revenue Overview +two\/revenue/);
    expect(out).toContain("Revenue Overview (one/revenue), Revenue Overview (two/revenue)");
  });

  it("shows what a check selects", async () => {
    const all = await runHere(["check", "--json"], { env });
    const some = await runHere(["check", "--json", "--select", 'key:"Sales_EU*"'], { env });
    const countOf = ({ out }: { readonly out: string }): number =>
      (JSON.parse(out) as { readonly diagnostics: readonly unknown[] }).diagnostics.length;
    expect([countOf(all) > 3, countOf(some)]).toEqual([true, 1]);
  });

  it("finds the base URL that accepts the credentials", async () => {
    const { SIGMA_BASE_URL: _, ...credentials } = env;
    const { code, out } = await runHere(
      ["doctor", "--find-region", "http://127.0.0.1:1", sandbox.baseUrl, "--json"],
      { env: credentials },
    );
    expect([code, JSON.parse(out)]).toEqual([0, { version: 1, baseUrl: sandbox.baseUrl, region: null }]);
  }, 40_000);
});

describe("completion", () => {
  it("completes commands, options and their choices in bash", async () => {
    const { out } = await runHere(["completion", "bash"]);
    const complete = (...words: readonly string[]): readonly string[] => {
      const line = `COMP_WORDS=(dagster-sigma ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _dagster_sigma; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = spawnSync("bash", ["-c", `${out}\n${line}`], { encoding: "utf8" });
      return stdout.trim().split("\n");
    };
    expect(complete("im")).toEqual(["impact"]);
    expect(complete("assets", "--sel")).toEqual(["--select"]);
    expect(complete("impact", "--fail-on", "")).toEqual(["workbooks", "anything"]);
    expect(complete("export", "dag")).toEqual(["dagster-python"]);
  });

  it.each(["zsh", "fish"])("is a script that %s reads, where it is installed", async (shell) => {
    const { code, out } = await runHere(["completion", shell]);
    expect(code).toBe(0);
    for (const command of commands) expect(out).toContain(command.name());
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-completion-")), "script");
    writeFileSync(file, out);
    const { error, status, stderr } = spawnSync(shell, ["-n", file], { encoding: "utf8" });
    if (error === undefined) expect([status, stderr]).toEqual([0, ""]);
  });
});

describe("long output on a terminal", () => {
  it("goes through the user's pager, unless the screen is large enough or --no-pager is given", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const env = {
      ...process.env,
      ...variablesOf(sandbox),
      DAGSTER_SIGMA_STATE_DIR: mkdtempSync(join(tmpdir(), "dagster-sigma-pager-")),
      PAGER: "sed s/^/paged:/",
      NO_COLOR: "1",
    };
    const shown = async (rows: number, options: string): Promise<string> => {
      const line = `stty rows ${rows} cols 100; "${process.execPath}" "${bin}" assets ${options}`;
      const child = spawn("script", ["-qec", line, "/dev/null"], { env });
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      await once(child, "close");
      return text;
    };
    expect(await shown(10, "")).toMatch(/paged:\s+Company Pulse/);
    expect(await shown(10, "--no-pager")).not.toContain("paged:");
    expect(await shown(500, "")).not.toContain("paged:");
    expect(await shown(10, "-o csv")).not.toContain("paged:");
  }, 60_000);
});
