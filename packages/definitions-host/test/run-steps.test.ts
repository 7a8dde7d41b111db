import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { deflateSync } from "node:zlib";
import {
  AssetCheckEvaluation,
  type AssetExecution,
  AssetSpec,
  Definitions,
  MaterializeResult,
  MetadataValue,
  RetryRequested,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  executionDigest,
  type PipesMessage,
  parseStepRequest,
  pipesProcess,
  serveSteps,
} from "../src/index.ts";

type Materialize = AssetExecution["materialize"];

function asset(key: string, materialize: Materialize, checks: readonly string[] = []): AssetSpec {
  return new AssetSpec({ key, execution: { description: "test", materialize, checks } });
}

/** The two ends of a socket, as Node and Python have them. */
async function socketPair(): Promise<readonly [Socket, Socket]> {
  const server = createServer();
  const path = join(mkdtempSync(join(tmpdir(), "dagster-sigma-socket-")), "s");
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  const accepted = new Promise<Socket>((resolve) => {
    server.once("connection", resolve);
  });
  const ours = createConnection(path);
  const theirs = await accepted;
  onTestFinished(() => {
    ours.destroy();
    theirs.destroy();
    server.close();
  });
  return [ours, theirs];
}

/** A run host for definitions, and the other end of its socket. */
async function startHost(...assets: readonly AssetSpec[]): Promise<{
  readonly run: (key: string, more?: object) => void;
  readonly cancel: () => void;
  /** The messages of one step, up to `closed`. */
  readonly step: () => Promise<readonly PipesMessage[]>;
  readonly socket: Socket;
  readonly ended: Promise<void>;
  readonly loads: () => number;
}> {
  const [python, node] = await socketPair();
  let loads = 0;
  const ended = serveSteps(node, () => {
    loads++;
    return Promise.resolve({ definitions: new Definitions({ assets }), userCode: null });
  });
  const lines = createInterface({ input: python })[Symbol.asyncIterator]();
  const send = (request: object): void => void python.write(`${JSON.stringify(request)}\n`);
  return {
    run: (key, more = {}) => send({ run: { run_id: "r", extras: { asset_key: [key], ...more } } }),
    cancel: () => send({ cancel: true }),
    step: async () => {
      const messages: PipesMessage[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) return messages;
        messages.push(JSON.parse(value));
        if (messages.at(-1)?.method === "closed") return messages;
      }
    },
    socket: python,
    ended,
    loads: () => loads,
  };
}

function exceptionIn(messages: readonly PipesMessage[]): Readonly<Record<string, unknown>> {
  return messages.at(-1)?.params?.["exception"] as Readonly<Record<string, unknown>>;
}

describe("serveSteps", () => {
  it("sends log lines, the materialization and the checks of a step, in the form of Dagster Pipes", async () => {
    const schema = new TableSchema({ columns: [{ name: "n", type: "int" }] });
    const host = await startHost(
      asset(
        "a/b",
        ({ log, assetKey }) => {
          log.warn("slow", { seconds: 3 });
          const metadata = {
            rows: MetadataValue.table({ schema, records: [{ n: 1 }] }),
            of: MetadataValue.asset(assetKey),
          };
          const check = new AssetCheckEvaluation({
            assetKey,
            checkName: "ok",
            passed: false,
            severity: "warn",
          });
          return Promise.resolve(
            new MaterializeResult({ metadata, dataVersion: "v1", checkResults: [check] }),
          );
        },
        ["ok"],
      ),
    );
    host.run("a/b", { checks: ["ok"] });
    expect(await host.step()).toEqual([
      { __dagster_pipes_version: "0.1", method: "opened", params: { extras: {} } },
      expect.objectContaining({ method: "log", params: { level: "WARNING", message: "slow seconds=3" } }),
      expect.objectContaining({
        method: "report_asset_materialization",
        params: {
          asset_key: "a\\/b",
          data_version: "v1",
          metadata: {
            rows: {
              type: "table",
              raw_value: { records: [{ n: 1 }], schema: [expect.objectContaining({ name: "n" })] },
            },
            of: { type: "asset", raw_value: "a\\/b" },
          },
        },
      }),
      expect.objectContaining({
        method: "report_asset_check",
        params: { asset_key: "a\\/b", check_name: "ok", passed: false, severity: "WARN", metadata: {} },
      }),
      expect.objectContaining({ method: "closed", params: {} }),
    ]);
  });

  it("runs the steps of a run one after the other, and loads the definitions once", async () => {
    const order: string[] = [];
    const slow = (key: string): AssetSpec =>
      asset(key, async () => {
        order.push(`${key} starts`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(`${key} ends`);
        return new MaterializeResult();
      });
    const host = await startHost(slow("one"), slow("two"));
    host.run("one");
    host.run("two");
    await host.step();
    await host.step();
    expect(order).toEqual(["one starts", "one ends", "two starts", "two ends"]);
    expect(host.loads()).toBe(1);
  });

  it("closes a step that fails with the error, its hint and its cause, and a retry if one is requested", async () => {
    const host = await startHost(
      asset("fails", () => Promise.reject(new TypeError("boom", { cause: new Error("because") }))),
      asset("again", () => Promise.reject(new RetryRequested("later", { maxRetries: 3, secondsToWait: 9 }))),
    );
    host.run("fails");
    expect(exceptionIn(await host.step())).toMatchObject({
      name: "TypeError",
      message: "boom",
      stack: expect.arrayContaining([expect.stringMatching(/^ +at /)]),
      cause: { message: "because" },
    });
    host.run("again");
    const messages = await host.step();
    expect(messages.at(-1)?.params).toMatchObject({ retry: { maxRetries: 3, secondsToWait: 9 } });
  });

  it("fails a step for an unknown asset, an external one, and a check without a result", async () => {
    const host = await startHost(
      new AssetSpec({ key: "external" }),
      asset("silent", () => Promise.resolve(new MaterializeResult()), ["never"]),
    );
    host.run("gone");
    expect(exceptionIn(await host.step())["message"]).toMatch(/no executable asset "gone".*reload/s);
    host.run("external");
    expect(exceptionIn(await host.step())["message"]).toMatch(/no executable asset "external"/);
    host.run("silent", { checks: ["never"] });
    const messages = await host.step();
    expect(exceptionIn(messages)["message"]).toMatch(/no result for the selected check "never"/);
    expect(messages.map(({ method }) => method)).not.toContain("report_asset_materialization");
  });

  it("fails a step whose code changed after the run was planned, and runs unchanged code", async () => {
    const current = asset("a", () => Promise.resolve(new MaterializeResult()));
    const earlier = asset("a", () => Promise.resolve(new MaterializeResult({ metadata: { old: true } })));
    const host = await startHost(current);
    host.run("a", { digest: executionDigest(earlier) });
    expect(exceptionIn(await host.step())["name"]).toBe("SNAPSHOT_CHANGED");
    host.run("a", { digest: executionDigest(current) });
    expect(exceptionIn(await host.step())).toBeUndefined();
  });

  it("aborts the step in progress when the run is terminated, and takes the next one", async () => {
    const waiting: Materialize = ({ signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const host = await startHost(
      asset("waits", waiting),
      asset("next", () => Promise.resolve(new MaterializeResult())),
    );
    host.run("waits");
    setTimeout(() => host.cancel(), 20);
    expect(exceptionIn(await host.step())["name"]).toBe("StepTerminated");
    host.run("next");
    expect(exceptionIn(await host.step())).toBeUndefined();
  });

  it("does not start the code of a step that was terminated while the definitions were loading", async () => {
    let isStarted = false;
    const host = await startHost(
      asset("late", () => {
        isStarted = true;
        return new Promise(() => undefined);
      }),
    );
    host.run("late");
    host.cancel();
    expect(exceptionIn(await host.step())["name"]).toBe("StepTerminated");
    expect(isStarted).toBe(false);
  });

  it("fails a step whose code ignored the termination", async () => {
    const host = await startHost(
      asset("ignores", async () => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        return new MaterializeResult();
      }),
    );
    host.run("ignores");
    setTimeout(() => host.cancel(), 10);
    expect(exceptionIn(await host.step())["name"]).toBe("StepTerminated");
  });

  it("aborts the step and ends when the other side is gone", async () => {
    let isAborted = false;
    const host = await startHost(
      asset("waits", ({ signal }) => {
        return new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => {
            isAborted = true;
            reject(signal.reason);
          }),
        );
      }),
    );
    host.run("waits");
    setTimeout(() => host.socket.destroy(), 30);
    await host.ended;
    expect(isAborted).toBe(true);
  });

  it("aborts the step if the other side was killed before it read everything", async () => {
    let isAborted = false;
    const host = await startHost(
      asset("waits", ({ signal, log }) => {
        for (let line = 0; line < 1_000; line++) log.info("a line that is not read", { line });
        return new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => {
            isAborted = true;
            reject(signal.reason);
          }),
        );
      }),
    );
    host.socket.pause();
    host.run("waits");
    // Unread data makes the operating system reset the connection.
    setTimeout(() => host.socket.destroy(), 100);
    await host.ended;
    expect(isAborted).toBe(true);
  });

  it("fails each step if the definitions cannot be loaded", async () => {
    const [python, node] = await socketPair();
    void serveSteps(node, () => Promise.reject(new Error("no definitions")));
    const lines = createInterface({ input: python })[Symbol.asyncIterator]();
    python.write('{"run":{"extras":{"asset_key":["a"]}}}\n');
    const opened = JSON.parse((await lines.next()).value);
    const closed = JSON.parse((await lines.next()).value);
    expect([opened.method, closed.params.exception.message]).toEqual(["opened", "no definitions"]);
  });
});

describe("a process of Dagster Pipes", () => {
  const encode = (json: unknown): string => deflateSync(JSON.stringify(json)).toString("base64");

  it("reads the context from a file or a value, and writes messages to a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pipes-"));
    writeFileSync(join(folder, "context"), JSON.stringify({ asset_keys: ["a/b"] }));
    const messages = join(folder, "messages");
    const pipes = pipesProcess({
      DAGSTER_PIPES_CONTEXT: encode({ path: join(folder, "context") }),
      DAGSTER_PIPES_MESSAGES: encode({ path: messages }),
    });
    pipes?.send({ __dagster_pipes_version: "0.1", method: "opened", params: {} });
    expect(pipes?.context).toEqual({ asset_keys: ["a/b"] });
    expect(JSON.parse(readFileSync(messages, "utf8")).method).toBe("opened");
    const byValue = {
      DAGSTER_PIPES_CONTEXT: encode({ data: { x: 1 } }),
      DAGSTER_PIPES_MESSAGES: encode({ stdio: "stdout" }),
    };
    expect(pipesProcess(byValue)?.context).toEqual({ x: 1 });
  });

  it("is none without the variables, and fails for channels that it does not know", () => {
    expect(pipesProcess({})).toBeNull();
    const unknown = {
      DAGSTER_PIPES_CONTEXT: encode({ bucket: "x" }),
      DAGSTER_PIPES_MESSAGES: encode({ path: "/x" }),
    };
    expect(() => pipesProcess(unknown)).toThrow(/unknown way/);
  });

  it("names its asset by one key, whose segments may contain slashes", () => {
    expect(parseStepRequest({ asset_keys: ["a\\/b/c"], run_id: "r", retry_number: 2 })).toEqual({
      assetKey: ["a/b", "c"],
      check: null,
      checks: [],
      config: {},
      digest: null,
      runId: "r",
      retryNumber: 2,
    });
    expect(() => parseStepRequest({ asset_keys: ["a", "b"] })).toThrow(/exactly one asset/);
    expect(() => parseStepRequest(null)).toThrow(/exactly one asset/);
  });
});
