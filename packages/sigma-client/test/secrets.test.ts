import { inspect } from "node:util";
import { createLogger } from "@dagster-sigma/foundation";
import { describe, expect, it } from "vitest";
import { startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

describe("a secret", () => {
  it("never appears in an error, a log or a printed object", async () => {
    const answers = [
      { json: { code: "unauthorized" }, status: 401 },
      { json: { message: "no" }, status: 403 },
      { json: { message: "slow" }, status: 503 },
      { text: "<html>" },
      { json: { wrong: "shape" } },
    ];
    const printed: string[] = [];
    for (const answer of answers) {
      const server = await startScriptedServer(() => answer);
      const { client } = createTestClient(server.baseUrl, {
        clientSecret: "s3cret-s3cret",
        logger: createLogger("text", (line) => printed.push(line)),
      });
      const failure: unknown = await client.whoami().catch((error: unknown) => error);
      printed.push(
        inspect(failure, { depth: 20, showHidden: true }),
        JSON.stringify(failure),
        String(failure),
      );
      printed.push(inspect(client, { depth: 20 }), JSON.stringify(client));
    }
    const server = await startScriptedServer(() => (response) => response.destroy());
    const { client } = createTestClient(server.baseUrl, { clientSecret: "s3cret-s3cret" });
    printed.push(
      inspect(await client.whoami().catch((error: unknown) => error), { depth: 20, showHidden: true }),
    );
    const all = printed.join("\n");
    expect(all.length).toBeGreaterThan(2_000);
    expect(all).not.toMatch(/s3cret-s3cret|token-\d/);
  });
});
