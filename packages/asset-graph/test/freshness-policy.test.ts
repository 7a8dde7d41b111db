import { describe, expect, it } from "vitest";
import { AssetSpec, FreshnessPolicy, InvalidAssetSpecError } from "../src/index.ts";

describe("FreshnessPolicy", () => {
  it("has a warning window that is shorter than its failure window", () => {
    const policy = FreshnessPolicy.timeWindow({ failWindowSeconds: 86_400, warnWindowSeconds: 3_600 });
    expect(policy).toMatchObject({ failWindowSeconds: 86_400, warnWindowSeconds: 3_600 });
    expect(FreshnessPolicy.timeWindow({ failWindowSeconds: 60 }).warnWindowSeconds).toBeNull();
  });

  it.each([
    ["less than a minute", { failWindowSeconds: 59 }],
    ["no whole seconds", { failWindowSeconds: 60.5 }],
    ["no number", { failWindowSeconds: Number.NaN }],
    ["a warning of less than a minute", { failWindowSeconds: 600, warnWindowSeconds: 0 }],
    ["a warning that comes with the failure", { failWindowSeconds: 600, warnWindowSeconds: 600 }],
  ])("rejects %s", (_what, windows) => {
    expect(() => FreshnessPolicy.timeWindow(windows)).toThrow(InvalidAssetSpecError);
  });

  it("is kept on copies of a spec until it is cleared", () => {
    const freshnessPolicy = FreshnessPolicy.timeWindow({ failWindowSeconds: 600 });
    const spec = new AssetSpec({ key: "a", freshnessPolicy }).with({ description: "x" });
    expect(spec.freshnessPolicy).toBe(freshnessPolicy);
    expect(spec.mergeAttributes({ kinds: ["table"] }).freshnessPolicy).toBe(freshnessPolicy);
    expect(spec.with({ freshnessPolicy: null }).freshnessPolicy).toBeNull();
    expect(new AssetSpec({ key: "b" }).freshnessPolicy).toBeNull();
  });
});
