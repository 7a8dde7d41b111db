import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root, runCommand, startCommand } from "./run-command.ts";
import { startKeeping, startSandboxEnvironment } from "./sandbox-environment.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-cli-"));

describe("dagster-sigma demo", () => {
  it("prints the sample organization's graph, and next steps", async () => {
    const { code, out, err } = await runCommand(["demo"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("25 warehouse tables → 6 datasets → 9 data models → 36 workbooks");
    expect(out).toMatch(/\n {4}Company Pulse +← Customers \(data model\), Ledger, Sales\n/);
    expect(out).toMatch(
      /\n {4}orders +→ Nightly Orders Export, Orders Dataset \(dataset\), Refund Reasons, Sales\n/,
    );
    expect(out).toMatch(/What to try next/);
    expect(out).not.toContain("\u001b");
  });

  it("serves the page with --port also without a terminal, until it is stopped", async () => {
    const demo = startCommand(["demo", "--port", "0"]);
    onTestFinished(async () => void (await demo.stop()));
    const out = await demo.outWith("Ctrl-C");
    const [, url = ""] = /The asset graph is at (http\S+)/.exec(out) ?? [];
    expect((await fetch(url)).status).toBe(200);
    expect(await demo.stop()).toBe(0);
  });
});

describe("dagster-sigma assets", () => {
  it("prints colors according to FORCE_COLOR, NO_COLOR and --no-color", async () => {
    const { env } = await startSandboxEnvironment();
    expect((await runCommand(["assets"], { env: { ...env, FORCE_COLOR: "1" } })).out).toContain("\u001b[");
    expect(
      (await runCommand(["assets", "--no-color"], { env: { ...env, FORCE_COLOR: "1" } })).out,
    ).not.toContain("\u001b[");
  });

  it("reads .env in the working directory; environment variables take precedence", async () => {
    const { env } = await startSandboxEnvironment();
    const cwd = folder();
    const { SIGMA_CLIENT_ID, ...others } = env;
    writeFileSync(
      join(cwd, ".env"),
      `SIGMA_CLIENT_ID="${SIGMA_CLIENT_ID}"\nSIGMA_BASE_URL=http://127.0.0.1:9\n`,
    );
    const { code, out } = await runCommand(["assets"], { env: others, cwd });
    expect(code).toBe(0);
    expect(out).toContain("36 workbooks");
  });

  it("loads a definitions file without a build step, with the .env in its folder", async () => {
    const { env } = await startSandboxEnvironment();
    const place = folder();
    writeFileSync(
      join(place, ".env"),
      Object.entries(env)
        .map(([name, value]) => `${name}=${value}`)
        .join("\n"),
    );
    writeFileSync(
      join(place, "shared.ts"),
      'export enum Team { Bi = "team:bi" }\nexport class Named {\n  constructor(readonly name: string) {}\n}\n',
    );
    writeFileSync(
      join(place, "definitions.ts"),
      `import { AssetSpec, Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";
import { Named, Team } from "./shared";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
const specs = await loadSigmaAssetSpecs(sigma, { dagsterSigmaTranslator: (spec) => spec.with({ owners: [Team.Bi] }) });
export const defs = new Definitions({ assets: [...specs, new AssetSpec({ key: new Named("mine").name, deps: ["Sales"] })] });
`,
    );
    const { code, out, err } = await runCommand(["assets", "-f", join(place, "definitions.ts"), "--json"]);
    expect([code, err]).toEqual([0, ""]);
    const json = JSON.parse(out) as {
      assets: { key: string[]; owners: string[] }[];
      diagnostics: unknown[];
      summary: { requests: number };
    };
    expect(json.assets.find(({ key }) => key[0] === "mine")).toMatchObject({ deps: [{ key: ["Sales"] }] });
    expect(json.assets.find(({ key }) => key[0] === "Sales")?.owners).toEqual(["team:bi"]);
    expect(json.diagnostics.length).toBeGreaterThan(5);
    expect(json.summary.requests).toBeGreaterThan(50);
  });
});

describe("dagster-sigma show", () => {
  it("shows one asset by key or name, with its upstream and downstream lineage", async () => {
    const { env } = await startKeeping();
    const { code, out } = await runCommand(["show", "Customers_814c6c72"], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/kinds +data_model, sigma/);
    expect(out).toContain("├─ Sales data model");
    expect(out).toContain("harbor.sales.order_lines table");
    expect(out).toMatch(/Downstream\n(.*\n)*.*Company Pulse workbook/);
    expect((await runCommand(["show", "harbor/sales/orders"], { env })).out).toContain(
      "a stub for an asset defined elsewhere",
    );
    const why = (await runCommand(["show", "Refund_Reasons", "--why"], { env })).out;
    expect(why).toMatch(/\nWhy\n(.*\n)* +read from SQL \(GET \/v2\/workbooks\/\{workbookId\}\/lineage\)/);
    expect((await runCommand(["show", "Refund_Reasons"], { env })).out).not.toContain("Why");
    expect((await runCommand(["show", "revenue overview"], { env })).out).toMatch(/key +Revenue_Overview/);
    const json = JSON.parse((await runCommand(["show", "Cash_Position", "--json"], { env })).out) as Record<
      string,
      unknown
    >;
    expect(json).toMatchObject({ asset: { key: ["Cash_Position"] }, downstream: [] });
    expect(json["upstream"]).toContainEqual(["harbor", "finance", "ledger"]);
  });

  it("suggests similar keys", async () => {
    const { env } = await startSandboxEnvironment();
    const near = await runCommand(["show", "revenue"], { env });
    expect(near.code).toBe(2);
    expect(near.err).toContain(
      'Did you mean: Revenue_Overview (workbook "Revenue Overview" in Finance/Board)?',
    );
    const several = await runCommand(["show", "weekly review"], { env });
    expect(several.err).toContain('2 assets are named "weekly review":');
    expect(several.err).toContain('\n  Weekly_Review (workbook "Weekly Review" in Sales)\n');
    expect(several.err).toMatch(
      /\n {2}Weekly_Review_69b1f365 \(workbook "Weekly Review" in Marketing\) \[ASSET_AMBIGUOUS\]/,
    );
  });
});

describe("dagster-sigma snapshot", () => {
  it("writes a snapshot that --snapshot loads without network access", async () => {
    const { sandbox, env } = await startSandboxEnvironment();
    const file = join(folder(), "sigma.ndjson");
    const written = await runCommand(["snapshot", "-o", file], { env });
    expect(written).toEqual({
      code: 0,
      out: `Wrote ${file}\n`,
      err: "36 workbooks, 9 data models, 6 datasets\n",
    });
    const live = await runCommand(["assets", "--json"], { env });
    await sandbox.close();
    const { code, out } = await runCommand(["assets", "--json", "--snapshot", file]);
    expect(code).toBe(0);
    const parse = (text: string): { assets: unknown; diagnostics: { message: string }[]; summary: unknown } =>
      JSON.parse(text);
    expect(parse(out).assets).toEqual(parse(live.out).assets);
    expect(parse(out).summary).toMatchObject({ requests: 0 });
  });

  it("writes the snapshots configured in definitions", async () => {
    const { env } = await startSandboxEnvironment();
    const file = join(folder(), "sigma.ndjson");
    const example = join(root, "examples", "06-sigma-organization-snapshot.ts");
    const written = await runCommand(["snapshot", "-f", example], {
      env: { ...env, SIGMA_SNAPSHOT_PATH: file },
    });
    expect(written).toMatchObject({ code: 0, out: `Wrote ${file}\n` });
    const { code, out } = await runCommand(["assets", "-f", example], { env: { SIGMA_SNAPSHOT_PATH: file } });
    expect(code).toBe(0);
    expect(out).toContain(`read from ${file}`);
  });
});

describe("dagster-sigma sandbox", () => {
  it("prints how to use it, and answers until it is stopped", async () => {
    const sandbox = startCommand(["sandbox"]);
    onTestFinished(async () => void (await sandbox.stop()));
    const out = await sandbox.outWith("Ctrl-C");
    const env = Object.fromEntries(
      [...out.matchAll(/export (\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    expect((await runCommand(["assets"], { env })).out).toContain("36 workbooks");
    const port = new URL(env["SIGMA_BASE_URL"] ?? "").port;
    const taken = await runCommand(["sandbox", "--port", port]);
    expect(taken).toMatchObject({ code: 2, err: expect.stringMatching(/Cannot listen on port.*\n.*--port/) });
    expect(await sandbox.stop()).toBe(0);
  });
});
