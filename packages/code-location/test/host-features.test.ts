import { AssetSpec, FreshnessPolicy } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { dropUnsupported } from "../src/dagster-version/drop-unsupported.ts";
import { hostFeatures } from "../src/dagster-version/host-features.ts";

const spec = new AssetSpec({
  key: "a",
  kinds: ["a", "b", "c", "d"],
  groupName: "x/y",
  freshnessPolicy: FreshnessPolicy.timeWindow({ failWindowSeconds: 600 }),
  metadata: { "dagster/storage_kind": "snowflake", kept: 1 },
});

describe("the features of a host", () => {
  it("follow from its version", () => {
    expect(hostFeatures("1.13").maxKinds).toBe(10);
    expect(hostFeatures("1.14.2").maxKinds).toBe(10);
    expect(hostFeatures("1.11.16").maxKinds).toBe(3);
    expect(hostFeatures("2.0").hasNestedGroups).toBe(true);
    for (const version of ["1.8", "0.15.3", "latest", "", "1"])
      expect(() => hostFeatures(version)).toThrow(/not a version of Dagster/);
  });

  it("limit what is served, and omissions are counted", () => {
    const leftOut = new Map<string, number>();
    expect(dropUnsupported(spec, hostFeatures("1.13"), leftOut)).toBe(spec);
    expect(leftOut.size).toBe(0);
    const fitted = dropUnsupported(spec, hostFeatures("1.11"), leftOut);
    expect(fitted.kinds).toEqual(["a", "b", "c"]);
    expect(fitted.groupName).toBe("x__y");
    expect(Object.keys(fitted.metadata)).toEqual(["kept"]);
    expect(fitted.freshnessPolicy).not.toBeNull();
    expect([...leftOut.values()]).toEqual([1, 1, 1]);
    expect(dropUnsupported(spec, hostFeatures("1.9"), leftOut).freshnessPolicy).toBeNull();
    expect([...leftOut.values()]).toEqual([2, 2, 2, 1]);
  });
});
