import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetSpec, Definitions, SensorDefinition } from "@dagster-sigma/asset-graph";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type CodeLocation,
  type CodeLocationOptions,
  codeLocationOutlet,
  hostFeatures,
  startCodeLocation,
} from "../src/index.ts";
import { DagsterClient } from "./dagster-client.ts";

const slow = new SensorDefinition({
  name: "slow",
  evaluate: () => new Promise((resolve) => setTimeout(() => resolve({ cursor: "done" }), 500)),
});

async function start(options: Partial<CodeLocationOptions> = {}): Promise<CodeLocation> {
  const definitions = new Definitions({ assets: [new AssetSpec({ key: "a" })], sensors: [slow] });
  const source = createStaticDefinitionsSource(definitions, codeLocationOutlet(hostFeatures("1.13")));
  const location = await startCodeLocation({ source, ...options });
  onTestFinished(() => location.close());
  return location;
}

function connect(port: number, certificate?: Buffer): DagsterClient {
  const client = new DagsterClient(port, certificate);
  onTestFinished(() => client.close());
  return client;
}

describe("a code location", () => {
  it("listens on the loopback address only, and reports a port that is in use", async () => {
    const { host, port } = await start();
    expect(host).toBe("127.0.0.1");
    await expect(start({ port })).rejects.toMatchObject({
      code: "CODE_LOCATION_PORT_TAKEN",
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  it("waits for calls in progress when it is closed, and accepts no new ones", async () => {
    const location = await start();
    const client = connect(location.port);
    const request = { serializedExternalSensorExecutionArgs: JSON.stringify({ sensor_name: "slow" }) };
    const answer = client.call("syncExternalSensorExecution", request);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = location.close();
    expect((await answer)["serializedSensorResult"]).toContain('"cursor":"done"');
    await closed;
    await expect(connect(location.port).call("ping")).rejects.toThrow(/UNAVAILABLE/);
  });

  it("encrypts with a certificate, and then rejects unencrypted connections", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-tls-"));
    const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
    const files = ["-keyout", keyFile, "-out", certFile];
    const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files];
    execFileSync("openssl", args, { stdio: "ignore" });
    const { port } = await start({ tls: { certFile, keyFile } });
    const client = connect(port, readFileSync(certFile));
    expect(await client.call("ping", { echo: "é" })).toMatchObject({ echo: "é" });
    await expect(connect(port).call("ping")).rejects.toThrow(/UNAVAILABLE/);
    await expect(start({ tls: { certFile: join(folder, "none.pem"), keyFile } })).rejects.toMatchObject({
      code: "TLS_FILE_UNREADABLE",
      message: expect.stringContaining("none.pem"),
    });
  });

  it("reports that it is healthy by the standard gRPC health protocol", async () => {
    const { port } = await start();
    const { Client, credentials } = await import("@grpc/grpc-js");
    const probe = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    onTestFinished(() => probe.close());
    // A HealthCheckRequest with its only field, and a HealthCheckResponse with status 1, SERVING.
    const service = Buffer.from("DagsterApi");
    const request = Buffer.concat([Buffer.from([0x0a, service.length]), service]);
    const answer = await new Promise<Buffer | undefined>((resolve, reject) =>
      probe.makeUnaryRequest<Buffer, Buffer>(
        "/grpc.health.v1.Health/Check",
        (bytes) => bytes,
        (bytes) => bytes,
        request,
        (error, bytes) => (error === null ? resolve(bytes) : reject(error)),
      ),
    );
    expect([...(answer ?? [])]).toEqual([0x08, 0x01]);
  });
});
