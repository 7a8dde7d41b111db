import { expect, it } from "vitest";
import type { RawAnswer } from "../src/index.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

it("a client passes every answer as it was sent to onAnswer, except those with tokens", async () => {
  const who = '{ "userId": "u",\n "organizationId": "o" }';
  const missing = { json: { code: "not_found" }, status: 404, headers: { errorcause: "UnmatchedHandler" } };
  const server = await startScriptedServer(({ path }) => (path === "/v2/whoami" ? { text: who } : missing));
  const answers: RawAnswer[] = [];
  const { client } = createTestClient(server.baseUrl, { onAnswer: (answer) => answers.push(answer) });
  await expect(client.whoami()).resolves.toMatchObject({ userId: "u", organizationId: "o" });
  await expect(client.workbooks.pages("w").toArray()).rejects.toMatchObject({ code: "SIGMA_NOT_FOUND" });
  expect(server.tokenRequests).toHaveLength(1);
  expect(answers).toEqual([
    { method: "GET", url: `${server.baseUrl}/v2/whoami`, status: 200, errorCause: null, text: who },
    {
      method: "GET",
      url: expect.stringContaining(`${server.baseUrl}/v2/workbooks/w/pages`),
      status: 404,
      errorCause: "UnmatchedHandler",
      text: '{"code":"not_found"}',
    },
  ]);
});
