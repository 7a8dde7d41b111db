import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { bin, runCommand, startCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

interface Status {
  readonly version: string | null;
  readonly failure: { readonly message: string; readonly code: string | null } | null;
  readonly progress: string | null;
}

interface Graph {
  readonly assets: readonly { readonly key: string }[];
}

/** Runs `dev`, and observes what its page receives. */
async function startDev(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{
  readonly url: string;
  readonly graph: () => Promise<Graph>;
  /** Resolves once nothing is loading and the condition is true. */
  readonly statusWhere: (isSo: (status: Status) => boolean) => Promise<Status>;
  readonly stop: () => Promise<number | null>;
}> {
  const command = startCommand(["dev", "--port", "0", "--json", ...args], { env, isQuiet: true });
  let isStopped = false;
  onTestFinished(async () => {
    if (!isStopped) await command.stop();
  });
  const { url } = JSON.parse(await command.outWith("}\n")) as { readonly url: string };
  const ask = async <Answer>(path: string): Promise<Answer> =>
    (await (await fetch(`${url}api/${path}`)).json()) as Answer;
  return {
    url,
    graph: async () => {
      // It is sent as a list per property.
      const { assets } = await ask<{ readonly assets: { readonly key: readonly string[] } }>("graph");
      return { assets: assets.key.map((key) => ({ key })) };
    },
    statusWhere: async (isSo) => {
      for (;;) {
        const status = await ask<Status>("status");
        if (status.progress === null && isSo(status)) return status;
        await sleep(50);
      }
    },
    stop: () => {
      isStopped = true;
      return command.stop();
    },
  };
}

function definitionsWith(...keys: readonly string[]): string {
  return `import { AssetSpec, Definitions } from "dagster-sigma";
export default new Definitions({ assets: ${JSON.stringify(keys)}.map((key) => new AssetSpec({ key })) });
`;
}

function definitionsFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-dev-")), "definitions.ts");
  writeFileSync(file, text);
  return file;
}

describe("dagster-sigma dev", () => {
  it("serves a definitions file and its edits; an error is shown with its line, above the previous content", async () => {
    const file = definitionsFile(definitionsWith("one"));
    const dev = await startDev(["-f", file]);
    const { version } = await dev.statusWhere((status) => status.version !== null);
    expect((await dev.graph()).assets.map(({ key }) => key)).toEqual(["one"]);
    writeFileSync(file, definitionsWith("one", "two"));
    const changed = await dev.statusWhere((status) => status.version !== version);
    expect((await dev.graph()).assets.map(({ key }) => key)).toEqual(["one", "two"]);
    writeFileSync(file, `${definitionsWith("one")}\nthrow new Error("not like this");\n`);
    const broken = await dev.statusWhere(({ failure }) => failure !== null);
    expect(broken.failure?.message).toMatch(/definitions\.ts:4:7: not like this/);
    expect(broken.version).toBe(changed.version);
    expect((await dev.graph()).assets).toHaveLength(2);
    writeFileSync(file, definitionsWith("three"));
    expect((await dev.statusWhere(({ failure }) => failure === null)).version).not.toBe(changed.version);
    // An edit ends a load that would never end.
    writeFileSync(file, "while (true) {}\n");
    await sleep(1_000);
    writeFileSync(file, definitionsWith("four"));
    await dev.statusWhere(({ version: now }) => now !== changed.version);
    expect((await dev.graph()).assets.map(({ key }) => key)).toEqual(["four"]);
    expect(await dev.stop()).toBe(0);
  }, 60_000);

  it("shows why its first load failed, and recovers after a valid edit", async () => {
    const file = definitionsFile("export default nothing;\n");
    const dev = await startDev(["-f", file]);
    const broken = await dev.statusWhere(({ failure }) => failure !== null);
    expect(broken).toMatchObject({ version: null });
    expect(broken.failure?.message).toMatch(/definitions\.ts:1:16: ReferenceError: nothing is not defined/);
    writeFileSync(file, definitionsWith("one"));
    await dev.statusWhere(({ failure, version }) => failure === null && version !== null);
    expect((await dev.graph()).assets.map(({ key }) => key)).toEqual(["one"]);
  }, 60_000);

  it("watches what the definitions file imports from neighboring folders", async () => {
    const file = definitionsFile("");
    const lib = join(dirname(file), "lib");
    mkdirSync(lib);
    writeFileSync(join(lib, "keys.ts"), 'export const keys = ["one"];\n');
    writeFileSync(
      file,
      `import { AssetSpec, Definitions } from "dagster-sigma";
import { keys } from "./lib/keys.ts";
export default new Definitions({ assets: keys.map((key) => new AssetSpec({ key })) });
`,
    );
    const dev = await startDev(["-f", file]);
    const { version } = await dev.statusWhere((status) => status.version !== null);
    writeFileSync(join(lib, "keys.ts"), 'export const keys = ["one", "two"];\n');
    await dev.statusWhere((status) => status.version !== version);
    expect((await dev.graph()).assets).toHaveLength(2);
  }, 60_000);

  it("serves the organization in the environment, and fetches changes when the page requests it", async () => {
    const { sandbox, env } = await startSandboxEnvironment();
    const dev = await startDev([], env);
    const { version } = await dev.statusWhere((status) => status.version !== null);
    const before = await dev.graph();
    expect(before.assets).toHaveLength(76);
    const { origin } = new URL(dev.url);
    const refresh = (): Promise<Response> =>
      fetch(`${dev.url}api/refresh`, { method: "POST", headers: { origin } });
    sandbox.mutate("delete workbook", 0);
    expect((await refresh()).status).toBe(202);
    await dev.statusWhere((status) => status.version !== version);
    expect((await dev.graph()).assets.length).toBeLessThan(76);
  }, 60_000);

  it("compares with the states before its refreshes, and with a given file", async () => {
    const { sandbox, env } = await startSandboxEnvironment();
    const snapshot = join(mkdtempSync(join(tmpdir(), "dagster-sigma-compare-")), "monday.snapshot");
    expect((await runCommand(["snapshot", "-o", snapshot], { env })).code).toBe(0);
    const dev = await startDev(["--compare", snapshot], env);
    const { version } = await dev.statusWhere((status) => status.version !== null);
    const get = async <Answer>(path: string): Promise<Answer> =>
      (await (await fetch(`${dev.url}api/earlier${path}`)).json()) as Answer;
    type Listed = readonly {
      readonly id: string;
      readonly fetchedAt: string | null;
      readonly file: string | null;
    }[];
    expect(await get<Listed>("")).toEqual([{ id: "file", fetchedAt: null, file: "monday.snapshot" }]);
    sandbox.mutate("delete workbook", 0);
    const { origin } = new URL(dev.url);
    await fetch(`${dev.url}api/refresh`, { method: "POST", headers: { origin } });
    await dev.statusWhere((status) => status.version !== version);
    expect((await dev.graph()).assets).toHaveLength(75);
    const [, kept, ...others] = await get<Listed>("");
    expect([kept, others]).toEqual([{ id: kept?.fetchedAt, fetchedAt: expect.any(String), file: null }, []]);
    for (const id of [kept?.id ?? "", "file"]) {
      const query = new URLSearchParams({ id });
      expect(await get(`/load?${query}`)).toMatchObject({ assets: 76, wallMs: expect.any(Number) });
      const { assets } = await get<{ readonly assets: { readonly key: readonly string[] } }>(
        `/graph?${query}`,
      );
      expect(assets.key).toHaveLength(76);
      const { identities } = await get<{ readonly identities: readonly unknown[] }>(`/identities?${query}`);
      expect(identities).toHaveLength(76);
    }
    // Nothing else can be read through it.
    for (const id of ["", "../..", "/etc/passwd", "2026-01-01T00:00:00.000Z"]) {
      const { status } = await fetch(`${dev.url}api/earlier/load?${new URLSearchParams({ id })}`);
      expect(status).toBe(404);
    }
    expect(await get("/secrets?id=file")).toEqual({ error: "There is no such route." });
  }, 60_000);

  it("continues a refresh that an edit ended, and is not blocked by its lock", async () => {
    const { sandbox, env } = await startSandboxEnvironment({ delayMs: 40 });
    const text = (comment: string): string => `// ${comment}
import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";
const sigma = new SigmaOrganization({ baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET") });
export default new Definitions({ assets: await loadSigmaAssetSpecs(sigma), resources: { sigma } });
`;
    const file = definitionsFile(text("first"));
    const dev = await startDev(["-f", file], env);
    while (sandbox.log.requests.length < 60) await sleep(10);
    writeFileSync(file, text("second"));
    const status = await dev.statusWhere(({ version, failure }) => version !== null || failure !== null);
    expect(status.failure).toBeNull();
    expect((await dev.graph()).assets.length).toBeGreaterThan(70);
    // What the first load fetched was not fetched again.
    const elements = sandbox.log.requests.filter(({ route }) => route.endsWith("/elements")).length;
    expect(elements).toBeLessThan(60);
  }, 60_000);

  it("is not accessible from other machines without a token, and prints its URL with the token", async () => {
    const file = definitionsFile(definitionsWith("one"));
    const refused = await runCommand(["dev", "-f", file, "--port", "0", "--host", "0.0.0.0"]);
    expect([refused.code, refused.out]).toEqual([2, ""]);
    expect(refused.err).toContain("PAGE_TOKEN_MISSING");
    const dev = startCommand(["dev", "-f", file, "--port", "0", "--token", "--json"], {
      env: { DAGSTER_SIGMA_PAGE_TOKEN: "chosen" },
      isQuiet: true,
    });
    const { url } = JSON.parse(await dev.outWith("}\n")) as { readonly url: string };
    expect(url).toMatch(/\?token=chosen$/);
    expect((await fetch(new URL("/api/graph", url))).status).toBe(401);
    await dev.stop();
  }, 60_000);

  it("prints the commands to run a real Dagster with it", async () => {
    const { code, out } = await runCommand(["dev", "--with-dagster", "-f", "definitions.ts"]);
    expect(code).toBe(0);
    expect(out).toContain("npx dagster-sigma serve -f definitions.ts");
    expect(out).toContain("npx dagster-sigma serve -f definitions.ts --add-to workspace.yaml");
    expect(out).toContain("dagster dev -w workspace.yaml");
    // A shell would replace the other locations of the file.
    expect(out).not.toContain(">");
  });
});

describe("npm start", () => {
  it("serves the page until Ctrl-C on a terminal", () => {
    // `script` provides a terminal; SIGINT arrives as from a keyboard.
    const line = `timeout --signal=INT --foreground 8 "${process.execPath}" "${bin}" demo --no-color`;
    const { stdout } = spawnSync("script", ["-qec", line, "/dev/null"], { encoding: "utf8" });
    expect(stdout).toContain("36 workbooks");
    expect(stdout).toMatch(/The asset graph is at http:\/\/127\.0\.0\.1:\d+\//);
    expect(stdout).toContain("Ctrl-C stops it.");
    expect(stdout).not.toMatch(/Error/);
  }, 30_000);
});
