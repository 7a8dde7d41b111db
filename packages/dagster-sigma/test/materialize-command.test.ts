import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  buildSampleCompany,
  type MaterializationRule,
  type Sandbox,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { bin, failureIn, root, runCommand } from "./run-command.ts";
import { variablesOf } from "./sandbox-environment.ts";

const startRoute = "/v2/workbooks/{workbookId}/materializations";

let sandbox: Sandbox;
let env: Readonly<Record<string, string>>;

/** All commands start from the saved state of one sandbox, so that they only materialize. */
beforeAll(async () => {
  sandbox = await startSandbox({ organization: buildSampleCompany() });
  const DAGSTER_SIGMA_STATE_DIR = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
  env = { ...variablesOf(sandbox), DAGSTER_SIGMA_STATE_DIR };
  await runCommand(["refresh"], { env });
});
afterEach(() => {
  sandbox.materializations.clear();
  sandbox.faults.clear();
});
afterAll(() => sandbox.close());

/** Materializations end at the first request for their status, unless the rule says otherwise. */
function start(rule: MaterializationRule = {}): void {
  sandbox.materializations.addRule({ durationMs: 0, ...rule });
}

function startedElements(): readonly string[] {
  const { organization, materializations } = sandbox;
  const documents = [...organization.workbooks, ...organization.dataModels];
  const schedules = documents.flatMap(({ content }) => content.schedules);
  return materializations.started.map(
    (started) => schedules.find(({ element }) => element.sheetId === started.sheetId)?.element.name ?? "?",
  );
}

describe("materialize", () => {
  it("materializes documents by key and by name, and prints a line for each element", async () => {
    start();
    const { code, out, err } = await runCommand(["materialize", "Orders_Explorer", "Roast Log"], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/^Orders Explorer +All Orders +ready +\d+\.\d s\n/);
    expect(out).toMatch(/\nRoast Log +Roasts +ready +\d+\.\d s · its schedule is paused\n/);
    expect(out).toMatch(/\n2 ready\n$/);
    expect(err).toMatch(/^info ready document="Orders Explorer" element="All Orders" materializationId=/m);
    expect([...startedElements()].sort()).toEqual(["All Orders", "Roasts"]);
  });

  it("prints what would be started with --dry-run, and starts nothing", async () => {
    start();
    const { code, out, err } = await runCommand(["materialize", "--select", "*", "--dry-run"], { env });
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^Orders Explorer +All Orders +would start$/),
      expect.stringMatching(/^Roast Log +Roasts +would start +its schedule is paused$/),
      expect.stringMatching(/^Sales +Orders by Day +would start$/),
    ]);
    expect(err).toMatch(/42 selected documents have no materialization schedule in Sigma\.\n/);
    expect(sandbox.materializations.started).toEqual([]);
  });

  it("prints results as JSON, with the ids of the materializations", async () => {
    start();
    const args = ["materialize", "Orders_Explorer", "--element", "All Orders", "--json"];
    const { code, out } = await runCommand(args, { env });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      outcome: "ready",
      documents: [
        {
          key: ["Orders_Explorer"],
          type: "workbook",
          id: expect.any(String),
          name: "Orders Explorer",
          url: expect.stringMatching(/^https:/),
          outcome: "ready",
          dataVersion: expect.stringMatching(/^[0-9a-f]{16}$/),
          seconds: expect.any(Number),
          sheets: [
            expect.objectContaining({
              elementName: "All Orders",
              outcome: "ready",
              materializationId: sandbox.materializations.started[0]?.materializationId,
            }),
          ],
        },
      ],
      notStarted: [],
    });
  });

  it("uses the organization of a definitions file, and its elements", async () => {
    start();
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-file-"));
    const file = join(folder, "definitions.ts");
    writeFileSync(
      file,
      `import { buildMaterializeAsset, Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";
const sigma = new SigmaOrganization({ baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET") });
const specs = await loadSigmaAssetSpecs(sigma, { materialize: true });
const id = specs.find(({ key }) => key.toUserString() === "Roast_Log").origin.object.id;
const daily = buildMaterializeAsset({ spec: { key: "daily" }, organization: sigma, document: { type: "workbook", id }, elements: ["Roasts"] });
export default new Definitions({ assets: [...specs, daily], resources: { sigma } });
`,
    );
    const { code } = await runCommand(["materialize", "-f", file, "daily", "Sales"], { env });
    expect(code).toBe(0);
    expect([...startedElements()].sort()).toEqual(["Orders by Day", "Roasts"]);
    const shown = await runCommand(["show", "-f", file, "daily"], { env });
    expect(shown.out).toMatch(/runs +materializes 1 element in Sigma\n/);
  });
});

describe("the exit code of materialize", () => {
  it("is 2 for wrong use, and nothing is started", async () => {
    start();
    const wrong: readonly (readonly [string, readonly string[]])[] = [
      ["WRONG_USE", []],
      ["WRONG_USE", ["Sales", "--select", "*"]],
      ["WRONG_USE", ["Sales", "--concurrency", "0"]],
      ["ASSET_NOT_FOUND", ["Nope"]],
      ["ASSET_NOT_MATERIALIZABLE", ["harbor/sales/orders"]],
      ["NO_MATERIALIZATION_SCHEDULE", ["Orders_Explorer", "Revenue_Overview"]],
      ["ELEMENT_NOT_SCHEDULED", ["Orders_Explorer", "--element", "Nope"]],
      ["NOTHING_TO_MATERIALIZE", ["--select", "key:Revenue_Overview"]],
      ["DAGSTER_URL_INVALID", ["Sales", "--report", "localhost:3000"]],
    ];
    const results = await Promise.all(
      wrong.map(([, args]) => runCommand(["materialize", ...args, "--json"], { env })),
    );
    expect(results.map(({ code, err }) => [code, failureIn(err)])).toEqual(
      wrong.map(([code]) => [2, expect.objectContaining({ code })]),
    );
    expect(sandbox.materializations.started).toEqual([]);
  });

  it("is 4 if an element failed or its start is unknown, with Sigma's words", async () => {
    const [first] = sandbox.organization.workbooks.filter(({ content }) => content.schedules.length > 0);
    start({ documentId: first?.id ?? "", endsAs: "failed", error: "Warehouse suspended" });
    start();
    const { code, out } = await runCommand(["materialize", "--select", "kind:workbook"], { env });
    expect(code).toBe(4);
    expect(out).toMatch(/failed in Sigma: Warehouse suspended\./);
    expect(out).toMatch(/\n1 (ready, 1 failed|failed, 1 ready)\n$/);
    sandbox.faults.add({ route: startRoute, afterEffect: true, fault: { kind: "drop" } });
    const lost = await runCommand(["materialize", "Orders_Explorer"], { env });
    expect(lost.code).toBe(4);
    expect(lost.out).toMatch(/START_UNKNOWN/);
  });

  it("is 5 after the time limit, and says that Sigma goes on", async () => {
    start({ durationMs: Number.POSITIVE_INFINITY });
    const { code, out } = await runCommand(["materialize", "Sales", "--timeout", "1s"], { env });
    expect(code).toBe(5);
    expect(out).toMatch(/did not end within 1 s/);
    expect(out).toMatch(
      /1 timed out\. Sigma goes on with those that were started; it cannot cancel them\.\n$/,
    );
  });

  it("is 130 after Ctrl-C, with the results so far", async () => {
    start({ durationMs: Number.POSITIVE_INFINITY });
    const child = spawn(process.execPath, [bin, "materialize", "Sales", "--json"], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    for await (const chunk of child.stderr) if (String(chunk).includes("started")) child.kill("SIGINT");
    const [code] = child.exitCode === null ? await once(child, "close") : [child.exitCode];
    expect(code).toBe(130);
    expect(JSON.parse(out)).toMatchObject({
      outcome: "cancelled",
      documents: [{ sheets: [{ outcome: "stopped", materializationId: expect.any(String) }] }],
    });
    expect(sandbox.materializations.started).toHaveLength(1);
  });
});

describe("materialize --report", () => {
  async function startDagster(status: number): Promise<{ readonly url: string; readonly bodies: unknown[] }> {
    const bodies: unknown[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        bodies.push(JSON.parse(body));
        response.writeHead(status, { "content-type": "application/json" }).end("{}");
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
  }

  it("reports documents that are ready, with data version and metadata", async () => {
    start();
    const { url, bodies } = await startDagster(200);
    const { code } = await runCommand(["materialize", "Sales", "--report", url], { env });
    expect(code).toBe(0);
    expect(bodies).toEqual([
      {
        asset_key: ["Sales"],
        data_version: expect.stringMatching(/^[0-9a-f]{16}$/),
        metadata: expect.objectContaining({
          "dagster_sigma/web_url": expect.stringMatching(/^https:/),
          "dagster_sigma/runtime_seconds": expect.any(Number),
          "dagster_sigma/sheets": expect.anything(),
        }),
      },
    ]);
  });

  it("exits with 1 if Dagster does not accept the report, and still prints the results", async () => {
    start();
    const { url } = await startDagster(401);
    const { code, out, err } = await runCommand(["materialize", "Sales", "--report", url], { env });
    expect([code, out]).toEqual([1, expect.stringMatching(/1 ready\n$/)]);
    expect(err).toMatch(/Not reported to Dagster: .*answered 401/);
  });
});
