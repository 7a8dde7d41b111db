import { AssetSpec, FreshnessPolicy } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { dropUnsupported } from "../src/dagster-version/drop-unsupported.ts";
import { hostFeatures, isAtLeast } from "../src/dagster-version/host-features.ts";

const spec = new AssetSpec({
  key: "a",
  kinds: ["a", "b", "c", "d"],
  groupName: "x/y",
  freshnessPolicy: FreshnessPolicy.timeWindow({ failWindowSeconds: 600 }),
  metadata: { "dagster/storage_kind": "snowflake", kept: 1 },
  isVirtual: true,
});

describe("the features of a host", () => {
  it("follow from its version", () => {
    expect(hostFeatures("1.13").maxKinds).toBe(10);
    expect(hostFeatures("1.14.2").maxKinds).toBe(10);
    expect(hostFeatures("1.11.16").maxKinds).toBe(3);
    expect(hostFeatures("2.0").hasNestedGroups).toBe(true);
    expect(hostFeatures("1.13.9").version).toEqual([1, 13, 9]);
    expect(hostFeatures("1.13").version).toEqual([1, 13, Number.POSITIVE_INFINITY]);
    for (const version of ["1.8", "0.15.3", "latest", "", "1"])
      expect(() => hostFeatures(version)).toThrow(/not a version of Dagster/);
  });

  it.each([
    [[1, 13, 9], [1, 13, 9], true],
    [[1, 13, 10], [1, 13, 9], true],
    [[1, 13, 8], [1, 13, 9], false],
    [[1, 14, 0], [1, 13, 9], true],
    [[1, 9, 13], [1, 13], false],
    [[1, 13, 0], [1, 13], true],
    [[2, 0, 0], [1, 13, 9], true],
    [[1, 11, Number.POSITIVE_INFINITY], [1, 11, 12], true],
    [[1, 9, 0], [], true],
  ] as const)("of %j are compared with a minimum version %j", (version, since, isMet) => {
    expect(isAtLeast(version, since)).toBe(isMet);
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
    expect(fitted.isVirtual).toBe(false);
    expect([...leftOut.values()]).toEqual([1, 1, 1, 1]);
    expect(dropUnsupported(spec, hostFeatures("1.9"), leftOut).freshnessPolicy).toBeNull();
    expect([...leftOut.values()]).toEqual([2, 2, 2, 2, 1]);
  });
});
