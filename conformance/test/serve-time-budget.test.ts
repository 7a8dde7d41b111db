import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { bin, exitCode, type Served } from "../src/serving/start-serving.ts";
import { until } from "../src/serving/until.ts";
import { serve } from "./serve-process.ts";

/** Body of the response to a gRPC call with an empty message. It contains the id, which depends on what is served. */
function serverIdAnswer(port: number): Promise<string> {
  const session = connect(`http://127.0.0.1:${port}`);
  return new Promise<string>((resolve, reject) => {
    session.on("error", reject);
    const call = session.request({
      ":method": "POST",
      ":path": "/api.DagsterApi/GetServerId",
      "content-type": "application/grpc",
      te: "trailers",
    });
    let body = "";
    call.setEncoding("latin1").on("data", (part: string) => {
      body += part;
    });
    call.on("end", () => resolve(body));
    call.on("error", reject);
    call.end(Buffer.alloc(5));
  }).finally(() => session.close());
}

/** Serves the stored state of the sample company, whose list of workbooks does not answer, and refreshes every second. */
async function serveStalling(args: readonly string[]): Promise<{
  readonly served: Served;
  readonly first: string;
  readonly answerAgain: () => void;
}> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  onTestFinished(() => sandbox.close());
  const env = {
    SIGMA_BASE_URL: sandbox.baseUrl,
    SIGMA_CLIENT_ID: sandbox.clientId,
    SIGMA_CLIENT_SECRET: sandbox.clientSecret,
    DAGSTER_SIGMA_STATE_DIR: mkdtempSync(join(tmpdir(), "dagster-sigma-state-")),
  };
  const stored = spawn(process.execPath, [bin, "refresh"], {
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
  expect(await exitCode(stored)).toBe(0);
  sandbox.faults.add({ route: "/v2/workbooks", fault: { kind: "hang" } });
  const served = await serve(["--refresh-every", "1s", ...args], env);
  await served.errWith("76 assets loaded");
  const first = await serverIdAnswer(served.port);
  expect(first).toMatch(/[0-9a-f]{32}/);
  return { served, first, answerAgain: () => sandbox.faults.clear() };
}

describe("dagster-sigma serve --time-budget, while Sigma stalls", () => {
  it("a refresh ends in time, says that Dagster keeps the assets, and a later refresh succeeds", async () => {
    const { served, first, answerAgain } = await serveStalling(["--time-budget", "1s", "--keep-last-good"]);
    await served.errWith("Dagster keeps the 76 assets of the last load.\n");
    expect(served.err()).toContain(
      "TIME_BUDGET_SPENT: The organization was not fetched within 1 s: it was at its beginning.\n",
    );
    expect(await serverIdAnswer(served.port)).toBe(first);
    answerAgain();
    await served.errWith("76 assets loaded", 2);
    expect(await serverIdAnswer(served.port)).toBe(first);
    expect(await served.stop("SIGTERM")).toBe(0);
  });

  it("without --keep-last-good Dagster shows the error until a refresh succeeds", async () => {
    const { served, first, answerAgain } = await serveStalling(["--time-budget", "1"]);
    await served.errWith("Dagster shows this error until a load succeeds.\n");
    expect(await serverIdAnswer(served.port)).not.toBe(first);
    answerAgain();
    await until(async () => (await serverIdAnswer(served.port)) === first);
    expect(await served.stop("SIGTERM")).toBe(0);
  });
});
