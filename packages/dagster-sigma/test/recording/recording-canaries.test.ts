import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RawAnswer, SigmaClient } from "@dagster-sigma/sigma-client";
import { describe, expect, it } from "vitest";
import { Recording } from "../../src/recording/recording.ts";
import { makeAllCalls, uncalledMethods } from "./all-calls.ts";
import { canary, canaryName, findCanaries } from "./canaries.ts";
import { canaryObject, canaryRows, formCount } from "./canary-answers.ts";
import { startCanaryServer } from "./canary-server.ts";

/** Every call of the client with its answer from a server. */
async function answersOfAllCalls(body: unknown): Promise<readonly RawAnswer[]> {
  const answers: RawAnswer[] = [];
  const headers = { [canary()]: canary(), "x-request-id": canary(), errorcause: canary() };
  const client = new SigmaClient({
    baseUrl: await startCanaryServer({ headers, body }),
    clientId: "made-up-client",
    clientSecret: "made-up-secret",
    onAnswer: (answer) => answers.push(answer),
  });
  expect(uncalledMethods(client)).toEqual([]);
  await makeAllCalls(client);
  await client.close();
  return answers;
}

/** The text of the recording of some answers. */
async function recordingOf(answers: readonly RawAnswer[]): Promise<string> {
  const recording = new Recording();
  for (const answer of answers) recording.add(answer);
  expect(recording.count).toBe(answers.length);
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-recording-")), "recording.ndjson");
  await recording.save(file);
  return readFileSync(file, "utf8");
}

const error = (): object => ({
  requestId: canary(),
  message: canaryName(),
  code: canary(),
  [canary()]: { [canary()]: canary() },
});

describe("a recording", async () => {
  const requests = await answersOfAllCalls({ entries: canaryRows() });

  it("contains nothing of any text in pages of rows, on any route", async () => {
    expect(requests.length).toBeGreaterThan(55);
    expect(requests.filter(({ text }) => findCanaries(text).length > 0)).toHaveLength(requests.length);
    const recorded = await recordingOf(requests);
    expect(findCanaries(recorded)).toEqual([]);
    // The table has all parameters of the client.
    expect(recorded).not.toContain('["other",');
  });

  it.each(Array.from({ length: formCount }, (_, form) => form))(
    "contains nothing of any text in objects with all fields, form %i",
    async (form) => {
      const text = JSON.stringify(canaryObject(form));
      expect(findCanaries(await recordingOf(requests.map((request) => ({ ...request, text }))))).toEqual([]);
    },
  );

  const json: Readonly<Record<string, unknown>> = {
    "pages with odd cursors": {
      entries: canary(),
      nextPage: canaryName(),
      nextPageToken: canary(),
      hasMore: canary(),
      total: canary(),
      [canary()]: canary(),
    },
    "bare arrays": canaryRows().slice(0, 6),
    "a text": canaryName(),
    "an error": error(),
    "an error in an array": [error(), canaryName()],
    "an error with deep values": { ...error(), message: error(), code: [error()] },
  };
  const texts = {
    ...Object.fromEntries(Object.entries(json).map(([name, body]) => [name, JSON.stringify(body)])),
    "text that is not JSON": canaryName(),
    HTML: `<html>${canaryName()}</html>`,
    "JSON that is cut": JSON.stringify(canaryObject(2)).slice(0, 2_000),
  };

  it.each(Object.entries(texts))("contains nothing of %s, with any status", async (_, text) => {
    const answers = requests.flatMap((request) =>
      [200, 400, 403, 404, 500].map((status) => ({ ...request, status, text })),
    );
    expect(findCanaries(await recordingOf(answers))).toEqual([]);
  });

  it("leaves out answers of unknown routes, and counts them", () => {
    const recording = new Recording();
    for (const url of ["https://x.example/v2/secrets", "https://x.example/v2/workbooks/%E0%A4%A/lineage"])
      recording.add({ method: "GET", url, status: 200, errorCause: null, text: "{}" });
    expect(recording).toMatchObject({ count: 0, omitted: 2 });
  });

  it("has a limit for the depth of values, wherever they are", async () => {
    const deep = `${'{"a":['.repeat(20_000)}"${canary()}"${"]}".repeat(20_000)}`;
    const texts = [
      deep,
      `{"entries":[${deep}]}`,
      `{"entries":[{"name":${deep},"unknown":${deep},"tags":[${deep}],"schedule":{"cronSpec":${deep}}}]}`,
      `{"dependencies":{"x":${deep}},"edges":${deep},"pages":[{"elements":[{"source":${deep}}]}]}`,
    ];
    const some = requests.filter((_, index) => index % 4 === 0);
    for (const text of texts) {
      const recorded = await recordingOf(some.map((request) => ({ ...request, text })));
      expect(recorded.split("\n")).toHaveLength(some.length + 1);
      expect(recorded.length).toBeLessThan(some.length * 10_000);
    }
  });
});
