import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { hostileCases } from "../src/reliability/hostile/hostile-cases.ts";
import { HostileRunner } from "../src/reliability/hostile/run-hostile.ts";
import { seededRandom } from "../src/reliability/seeded-random.ts";

/** A short form of `npm run test:long hostile`: some of the answers, with short time limits. */
const chosen = 7;
const seed = 11;

/** Always tried: what takes most memory, and what takes most time. */
const always = ["a gzip bomb of 1 GiB", "a byte a second", "an error with the credentials"];
/** Take too long for a short form, with any limits. */
const tooLong =
  /million|gzip bomb|10 MiB|20 MiB|without end|Retry-After: (?:1|-1)|1 GiB|closed connection|byte a second|chunks of a byte/;

function choose(): typeof hostileCases {
  const random = seededRandom(seed);
  const others = hostileCases.filter(({ name }) => !tooLong.test(name));
  const some = others
    .map((each) => ({ each, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ each }) => each);
  return [
    ...always.flatMap((name) =>
      hostileCases.filter((each) => each.name === name && each.route === "workbooks"),
    ),
    ...hostileCases.filter(({ name, route }) => name === "new rows without end" && route === "lineage"),
    ...some.slice(0, chosen),
  ];
}

describe("a load from a hostile server", () => {
  const runner = new HostileRunner(generateOrganization({ workbooks: 3, seed: 9 }), {
    firstByteTimeoutMs: 3_000,
    slowBodyAfterMs: 300,
    callTimeoutMs: 5_000,
    maxDocumentRows: 2_500,
    retryLimits: { maxTries: 2, baseDelayMs: 1 },
  });
  afterAll(() => runner.close());

  it("is tried with at least 60 answers in the long form", () => {
    expect(new Set(hostileCases.map(({ name }) => name)).size).toBeGreaterThanOrEqual(60);
  });

  it.each(choose().map((each) => [each.name, each.route, each] as const))(
    "that answers with %s to %s ends in time, within its memory, without a secret, and as documented",
    async (_name, _route, hostile) => {
      const { problems, peakMiB, tries } = await runner.run(hostile);
      expect(problems).toEqual([]);
      expect(peakMiB).toBeLessThan(600);
      expect(tries).toBeGreaterThan(0);
    },
    60_000,
  );
});
