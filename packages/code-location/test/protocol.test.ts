import { AssetSpec, Definitions, SensorDefinition } from "@dagster-sigma/asset-graph";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import { status } from "@grpc/grpc-js";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type CodeLocationOptions,
  codeLocationOutlet,
  hostFeatures,
  startCodeLocation,
} from "../src/index.ts";
import { dagsterService, methodNames } from "../src/protocol/grpc-service.ts";
import type { RunWorker } from "../src/runs/run-worker.ts";
import { dagsterHandlers } from "../src/server/dagster-handlers.ts";
import { runHandlers } from "../src/server/run-handlers.ts";
import { unimplemented } from "../src/server/unimplemented.ts";
import { DagsterClient } from "./dagster-client.ts";

const sensor = new SensorDefinition({ name: "watch", evaluate: ({ cursor }) => ({ cursor: `${cursor}+` }) });
const huge = new SensorDefinition({ name: "huge", evaluate: () => ({ cursor: "x".repeat(100_000_001) }) });
const numeric = new SensorDefinition({ name: "numeric", evaluate: () => ({ cursor: 5 }) as never });
const nothing = new SensorDefinition({ name: "nothing", evaluate: () => null as never });
const definitions = new Definitions({
  assets: [new AssetSpec({ key: "report", deps: ["table"], description: "é😀".repeat(500_000) })],
  sensors: [sensor, huge, numeric, nothing],
});

const outlet = codeLocationOutlet(hostFeatures("1.13"));

async function start(options: Partial<CodeLocationOptions> = {}): Promise<DagsterClient> {
  const source = createStaticDefinitionsSource(definitions, outlet);
  const location = await startCodeLocation({ source, ...options });
  const client = new DagsterClient(location.port);
  onTestFinished(async () => {
    client.close();
    await location.close();
  });
  return client;
}

describe("the protocol", () => {
  it("answers every method of the service, or says why not", async () => {
    const source = createStaticDefinitionsSource(definitions, outlet);
    const answered = Object.keys(
      dagsterHandlers(source, {
        dagsterVersion: "1.13.27",
        onShutdown: null,
        keepLastGood: false,
        worker: null,
      }),
    );
    expect([...answered, ...Object.keys(unimplemented)].sort()).toEqual([...methodNames].sort());
    const withRuns = Object.keys(runHandlers(source, {} as RunWorker));
    expect(withRuns).toEqual(
      expect.arrayContaining(["externalJob", "externalPipelineSubsetSnapshot", "executionPlanSnapshot"]),
    );
    const client = await start();
    for (const [method, why] of Object.entries(unimplemented)) {
      const isStream = dagsterService[method]?.responseStream === true;
      const refused = { code: status.UNIMPLEMENTED, details: why };
      await expect(isStream ? client.stream(method) : client.call(method)).rejects.toMatchObject(refused);
    }
  });

  it("returns the repository as one message and as a stream, with its jobs as the host expects them", async () => {
    const client = await start();
    const json = async (deferSnapshots: boolean): Promise<unknown> => {
      const reply = await client.call("externalRepository", { deferSnapshots });
      return JSON.parse(String(reply["serializedExternalRepositoryData"]));
    };
    const pieces = await client.stream("streamingExternalRepository", { deferSnapshots: false });
    expect(pieces.map(({ sequenceNumber }) => sequenceNumber)).toEqual(pieces.map((_, index) => index));
    const text = pieces.map((piece) => piece["serializedExternalRepositoryChunk"]).join("");
    expect(JSON.parse(text)).toEqual(await json(false));
    expect(await json(false)).toMatchObject({ external_job_refs: null, external_pipeline_datas: [] });
    expect(await json(true)).toMatchObject({ external_job_refs: [], external_pipeline_datas: null });
  });

  it("evaluates sensors by their name and cursor", async () => {
    const client = await start();
    const evaluate = async (name: string): Promise<unknown> => {
      const args = { __class__: "SensorExecutionArgs", sensor_name: name, cursor: "here" };
      const reply = await client.call("syncExternalSensorExecution", {
        serializedExternalSensorExecutionArgs: JSON.stringify(args),
      });
      return JSON.parse(String(reply["serializedSensorResult"]));
    };
    expect(await evaluate("watch")).toMatchObject({ __class__: "SensorExecutionData", cursor: "here+" });
    const failed = async (name: string): Promise<unknown> => {
      const { __class__, error } = (await evaluate(name)) as {
        __class__: string;
        error: { message: string };
      };
      expect(__class__).toBe("ExternalSensorExecutionErrorData");
      return error.message;
    };
    expect(await failed("gone")).toBe(
      'SENSOR_UNKNOWN: The loaded definitions have no sensor "gone"; they have watch, huge, numeric, nothing.\nReload the code location in Dagster\'s web UI.\n',
    );
    expect(await failed("huge")).toMatch(
      /^SENSOR_RESULT_TOO_LARGE: The sensor "huge" returned 100 MB, and Dagster accepts 100 MB: its cursor/,
    );
    expect(await failed("numeric")).toMatch(
      /^SENSOR_RESULT_INVALID: The sensor "numeric" returned a cursor that is not a string: 5\./,
    );
    expect(await failed("nothing")).toMatch(
      /^SENSOR_RESULT_INVALID: The sensor "nothing" returned null instead of an object\./,
    );
  });

  it("names what is wrong with a request", async () => {
    const client = await start();
    const refusal = async (args: unknown): Promise<unknown> =>
      await client
        .call("syncExternalSensorExecution", { serializedExternalSensorExecutionArgs: JSON.stringify(args) })
        .then(
          () => "answered",
          ({ code, details }) => [code, details],
        );
    const invalid = (what: string): unknown => [status.INVALID_ARGUMENT, `Dagster's sensor request ${what}.`];
    for (const args of [null, 5, "watch", [], true])
      expect(await refusal(args)).toEqual(invalid("is not an object"));
    for (const args of [{}, { sensor_name: null }, { sensor_name: ["watch"] }, { sensor_name: "" }])
      expect(await refusal(args)).toEqual(invalid("names no sensor"));
    // Starting over without a cursor would report everything again.
    for (const cursor of [5, {}, ["x"]])
      expect(await refusal({ sensor_name: "watch", cursor })).toEqual(
        invalid("has a cursor that is not a string"),
      );
    expect(await refusal({ sensor_name: "watch", last_tick_completion_time: "now" })).toEqual(
      invalid("has a time that is not a number"),
    );
    expect(await refusal({ sensor_name: "watch", cursor: null, last_tick_completion_time: null })).toBe(
      "answered",
    );
    expect(await refusal({ sensor_name: "watch", cursor: "x".repeat(20_000_000) })).toBe("answered");
  });

  it("does not reveal the content of an invalid request, which may contain the password of a database", async () => {
    const logged: string[] = [];
    const client = await start({
      onCallFailed: (method, thrown) => logged.push(`${method} ${String(thrown)} ${(thrown as Error).stack}`),
    });
    const secret = "postgres-password";
    for (const args of [secret, `{"instance_ref":{"password":"${secret}"},}`, `{"x":"${secret}"}`]) {
      const call = client.call("syncExternalSensorExecution", {
        serializedExternalSensorExecutionArgs: args,
      });
      await expect(call).rejects.toMatchObject({
        code: status.INVALID_ARGUMENT,
        details: expect.not.stringContaining(secret),
      });
    }
    expect(logged).toHaveLength(3);
    expect(logged.join("\n")).not.toContain(secret);
  });

  it("accepts requests of up to 100 MB, and survives a larger one", async () => {
    const client = await start();
    const ping = (letters: number): Promise<unknown> =>
      client.call("ping", { echo: "x".repeat(letters) }).then(
        ({ echo }) => String(echo).length,
        ({ code }) => code,
      );
    expect(await ping(100_000_001)).toBe(status.RESOURCE_EXHAUSTED);
    expect(await ping(5_000_000)).toBe(5_000_000);
  });

  it("launches no runs, and does not allow shutdown over the network", async () => {
    const client = await start();
    const result = async (method: string, field: string): Promise<unknown> =>
      JSON.parse(String((await client.call(method))[field]));
    expect(await result("startRun", "serializedStartRunResult")).toMatchObject({ success: false });
    expect(await result("cancelExecution", "serializedCancelExecutionResult")).toMatchObject({
      success: false,
    });
    expect(await result("shutdownServer", "serializedShutdownServerResult")).toMatchObject({
      success: false,
    });
    expect(await client.call("ping", { echo: "still there" })).toMatchObject({ echo: "still there" });
  });
});
