import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTestClient } from "./test-client.ts";

/** A TLS server with a new self-signed certificate. */
async function startTlsServer(): Promise<{ readonly baseUrl: string; readonly certificate: string }> {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-tls-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files],
    {
      stdio: "ignore",
    },
  );
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, response) => {
      const isToken = request.url === "/v2/auth/token";
      response.end(JSON.stringify(isToken ? { access_token: "t" } : { userId: "u", organizationId: "o" }));
    },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, certificate };
}

describe("a self-signed certificate", () => {
  it("is rejected, and trusted if it is in caFile", async () => {
    const { baseUrl, certificate } = await startTlsServer();
    await expect(createTestClient(baseUrl).client.whoami()).rejects.toMatchObject({
      code: "SIGMA_CONNECTION",
      message: expect.stringMatching(/SELF_SIGNED|self-signed/),
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
    const { client } = createTestClient(baseUrl, { caFile: certificate });
    await expect(client.whoami()).resolves.toMatchObject({ organizationId: "o" });
  });
});
