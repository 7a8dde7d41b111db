import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { formatLoaded } from "../src/terminal/serve-text.ts";

const loaded = { assets: 3, error: null, isNews: true, leftOut: new Map<string, number>(), wallMs: 1_234 };
const options = { width: 80, colors: picocolors.createColors(false) };

describe("what serve says of a load", () => {
  it("is one line, and more where something is left out or too large for Dagster", () => {
    expect(formatLoaded({ ...loaded, sizeBytes: 1_000 }, options)).toBe("3 assets loaded in 1.2 s\n");
    const leftOut = new Map([["kinds beyond the first 3", 2]]);
    expect(formatLoaded({ ...loaded, leftOut, sizeBytes: 1_000 }, options)).toContain(
      "Left out of 2 assets for this Dagster: kinds beyond the first 3\n",
    );
    expect(formatLoaded({ ...loaded, sizeBytes: 123_000_000 }, options)).toMatch(
      /They are 123 MB; Dagster reads up to 100 MB unless DAGSTER_GRPC_MAX_RX_BYTES/,
    );
  });
});
