import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { DagsterGrpcClient } from "../src/dagster/grpc-client.ts";
import { bin, exitCode } from "../src/serving/start-serving.ts";
import { until } from "../src/serving/until.ts";
import { dagsterPython, needsPython } from "./reference.ts";
import { serve } from "./serve-process.ts";

const longestPause = new URL("../dist/dagster/longest-pause.js", import.meta.url).href;

const definitions = (description: string, assets = 1): string => `
import { AssetSpec, Definitions } from "dagster-sigma";
const one = new AssetSpec({ key: "one", description: "${description}" });
const others = Array.from({ length: ${assets - 1} }, (_, index) => new AssetSpec({
  key: ["others", "asset_" + index], deps: [one], description: "The asset with the number " + index,
  kinds: ["sigma", "workbook"], owners: ["someone@example.com"], metadata: { index, url: "https://example.com/" + index },
}));
export default new Definitions({ assets: [one, ...others] });
`;

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} dagster-sigma serve, by Dagster's own client`, () => {
  let client: DagsterGrpcClient;
  beforeAll(() => {
    client = new DagsterGrpcClient(python);
  });
  afterAll(() => client.close());

  it("loads, follows its file, shows its errors, and is unchanged after a restart", async () => {
    const file = definitionsFile("first");
    const served = await serve(["-f", file]);
    const id = (): Promise<string> => client.call(served.port, "server_id");
    await until(async () => "repository_symbols" in (await listed(served.port)));
    expect(await client.call(served.port, "health")).toBe("SERVING");
    const first = await id();
    expect(await client.call<number>(served.port, "repository")).toBeGreaterThan(300);

    writeFileSync(file, `${definitions("first")}// A comment is no news.\n`);
    await served.errWith("no changes");
    expect(await id()).toBe(first);

    writeFileSync(file, definitions("second"));
    await until(async () => (await id()) !== first);

    writeFileSync(file, definitions("third").replace("new AssetSpec", "new AssetSpecs"));
    await until(async () => (await listed(served.port))["__class__"] === "SerializableErrorInfo");
    expect((await listed(served.port))["message"]).toMatch(/definitions\.ts:3:\d+: ReferenceError/);
    writeFileSync(file, definitions("first"));
    await until(async () => (await id()) === first);

    expect(await client.call(served.port, "shutdown")).toMatchObject({ success: false });
    expect(await served.stop("SIGTERM")).toBe(0);
    const again = await serve(["-f", file]);
    await again.errWith("assets loaded");
    expect(await client.call(again.port, "server_id")).toBe(first);
  }, 60_000);

  it("serves edited definitions of 1,000 assets within seconds", async () => {
    const file = definitionsFile("first", 1_000);
    const served = await serve(["-f", file]);
    await served.errWith("assets loaded");
    // The best of three, because other processes use this machine too.
    const times: number[] = [];
    for (const description of ["second", "third", "fourth"]) {
      const before = await client.call(served.port, "server_id");
      const editedMs = performance.now();
      writeFileSync(file, definitions(description, 1_000));
      await until(async () => (await client.call(served.port, "server_id")) !== before);
      times.push(performance.now() - editedMs);
    }
    // Below 2 s on a machine that does nothing else; the rest of the limit is for the other test workers.
    expect(Math.min(...times)).toBeLessThan(5_000);
  }, 60_000);

  it("never delays a call for more than 200 ms while 10,000 assets are loaded and requested", async () => {
    const file = definitionsFile("first", 10_000);
    const pauses: Record<string, number[]> = {
      load: [],
      repository: [],
      "repository at once": [],
      reload: [],
    };
    const served = await serve(["-f", file], { NODE_OPTIONS: `--import ${longestPause}` });
    await served.longestPause();
    await served.errWith("assets loaded");
    // The best of three, because other processes use this machine too.
    for (const round of [1, 2, 3]) {
      if (round > 1) {
        writeFileSync(file, definitions(`round ${round}`, 10_000));
        await served.errWith(`assets loaded`, round);
      }
      pauses["load"]?.push(await served.longestPause());
      for (const call of ["repository", "repository at once", "reload"] as const) {
        await client.call(served.port, call);
        pauses[call]?.push(await served.longestPause());
      }
    }
    for (const [what, ms] of Object.entries(pauses))
      expect([what, Math.min(...ms) < 200, ms]).toEqual([what, true, ms]);
  }, 120_000);

  it("keeps the last good definitions with --keep-last-good, and reloads on SIGHUP and Reload", async () => {
    const file = definitionsFile("first");
    const served = await serve(["-f", file, "--keep-last-good", "--allow-shutdown"]);
    await served.errWith("assets loaded");
    const first = await client.call(served.port, "server_id");
    writeFileSync(file, "export default nothing;");
    await served.errWith("Not loaded");
    expect(await client.call(served.port, "server_id")).toBe(first);
    const loads = (): number => served.err().split(" s): ").length;
    const before = loads();
    served.signal("SIGHUP");
    await until(() => Promise.resolve(loads() > before));
    await client.call(served.port, "reload");
    expect(loads()).toBe(before + 2);
    expect(await client.call(served.port, "shutdown")).toMatchObject({ success: true });
    expect(await served.ended()).toBe(0);
  }, 60_000);

  it("serves the organization in the environment, and follows a refresh of its state", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const env = {
      SIGMA_BASE_URL: sandbox.baseUrl,
      SIGMA_CLIENT_ID: sandbox.clientId,
      SIGMA_CLIENT_SECRET: sandbox.clientSecret,
      DAGSTER_SIGMA_STATE_DIR: mkdtempSync(join(tmpdir(), "dagster-sigma-state-")),
    };
    const served = await serve(["--refresh-every", "2s"], env);
    await served.errWith("assets loaded");
    const first = await client.call(served.port, "server_id");
    sandbox.mutate("rename workbook", 3);
    await until(async () => (await client.call(served.port, "server_id")) !== first);
    expect(served.err()).not.toContain(sandbox.clientSecret);
    expect(await served.stop("SIGTERM")).toBe(0);

    // A refresh by another process is followed too.
    const other = await serve([], env);
    await other.errWith("assets loaded");
    const before = await client.call(other.port, "server_id");
    sandbox.mutate("rename workbook", 5);
    const refresh = spawn(process.execPath, [bin, "refresh"], { env: { ...process.env, ...env } });
    expect(await exitCode(refresh)).toBe(0);
    const refreshedMs = performance.now();
    await until(async () => (await client.call(other.port, "server_id")) !== before);
    expect(performance.now() - refreshedMs).toBeLessThan(10_000);
  }, 60_000);

  async function listed(port: number): Promise<Readonly<Record<string, unknown>>> {
    return await client.call(port, "list");
  }
});

function definitionsFile(description: string, assets = 1): string {
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-serve-")), "definitions.ts");
  writeFileSync(file, definitions(description, assets));
  return file;
}
