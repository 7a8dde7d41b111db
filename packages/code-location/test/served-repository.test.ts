import { fromBinary } from "@bufbuild/protobuf";
import { AssetSpec, Definitions, FreshnessPolicy } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { hostFeatures } from "../src/index.ts";
import { ExternalRepositoryReplySchema } from "../src/protocol/dagster_api_pb.ts";
import { encode } from "../src/repository/repository-encoder.ts";

function served(specs: readonly AssetSpec[]): {
  readonly serverId: string;
  readonly nodes: readonly object[];
} {
  const { serverId, reply } = encode(new Definitions({ assets: specs }), hostFeatures("1.13"));
  const { serializedExternalRepositoryData: json } = fromBinary(ExternalRepositoryReplySchema, reply);
  return { serverId, nodes: JSON.parse(json).external_asset_graph_data };
}

describe("a served repository", () => {
  it("has the fields without which Dagster 1.9 to 1.11 cannot read an asset", () => {
    for (const node of served([new AssetSpec({ key: "a", deps: ["b"] })]).nodes)
      expect(node).toMatchObject({ depended_by: [], dependencies: expect.any(Array), is_source: true });
  });

  it("has the same id for equal content, and a different one for different content", () => {
    const spec = new AssetSpec({ key: "a", deps: ["b"] });
    expect(served([spec]).serverId).toBe(served([new AssetSpec({ key: "a", deps: ["b"] })]).serverId);
    expect(served([spec]).serverId).not.toBe(served([spec.with({ description: "x" })]).serverId);
  });

  it("has freshness policies in days and seconds", () => {
    const freshnessPolicy = FreshnessPolicy.timeWindow({ failWindowSeconds: 90_061, warnWindowSeconds: 60 });
    const zero = { __class__: "SerializableTimeDelta", microseconds: 0 };
    expect(served([new AssetSpec({ key: "a", freshnessPolicy })]).nodes).toMatchObject([
      {
        new_freshness_policy: {
          __class__: "TimeWindowFreshnessPolicy",
          fail_window: { ...zero, days: 1, seconds: 3_661 },
          warn_window: { ...zero, days: 0, seconds: 60 },
        },
      },
    ]);
  });
});
