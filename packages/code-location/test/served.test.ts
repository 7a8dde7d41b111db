import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { describeFailure } from "@dagster-sigma/definitions-host";
import { describe, expect, it } from "vitest";
import { hostFeatures } from "../src/index.ts";
import { encode } from "../src/repository/repository-encoder.ts";
import { servedOf } from "../src/server/served.ts";

const content = encode(new Definitions({ assets: [new AssetSpec({ key: "a" })] }), hostFeatures("1.13"));
const failure = describeFailure(new RangeError("broken"));
const repository = { type: "repository", serverId: content.serverId };
const error = (name: string): object => ({
  type: "error",
  error: expect.stringContaining(`"cls_name":"${name}"`),
});

describe("what Dagster sees of definitions", () => {
  it.each([
    ["before the first load", null, null, false, error("CODE_LOCATION_LOADING")],
    ["before the first load", null, null, true, error("CODE_LOCATION_LOADING")],
    ["after a first load that failed", null, failure, false, error("RangeError")],
    ["after a first load that failed", null, failure, true, error("RangeError")],
    ["after a load that succeeded", content, null, false, repository],
    ["after a load that succeeded", content, null, true, repository],
    ["when a load fails after a good one", content, failure, false, error("RangeError")],
    ["when a load fails after a good one", content, failure, true, repository],
  ] as const)("%s (content %o, failure %o, keepLastGood %s)", (_when, last, of, keepLastGood, expected) => {
    expect(servedOf({ content: last, failure: of }, keepLastGood)).toMatchObject(expected);
  });

  it("has the same id for equal failures, so that Dagster does not reload", () => {
    const idOf = (thrown: Error): string =>
      servedOf({ content: null, failure: { ...describeFailure(thrown), stack: [] } }, false).serverId;
    expect(idOf(new RangeError("x"))).toBe(idOf(new RangeError("x")));
    expect(idOf(new RangeError("x"))).not.toBe(idOf(new RangeError("y")));
  });
});
