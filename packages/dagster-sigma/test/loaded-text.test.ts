import type { EncodedRepository } from "@dagster-sigma/code-location";
import { describeFailure, type LoadResult } from "@dagster-sigma/definitions-host";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { LoadedText } from "../src/terminal/loaded-text.ts";

const options = { width: 80, colors: picocolors.createColors(false) };

function loaded(content: Partial<EncodedRepository> = {}): LoadResult<EncodedRepository> {
  const reply = new Uint8Array(1_000);
  const repository = {
    serverId: "1",
    reply,
    fieldsLength: 2,
    assets: 3,
    leftOut: new Map(),
    executables: 0,
    runs: null,
    ...content,
  };
  return { content: repository, failure: null, wallMs: 1_234 };
}

describe("what serve prints for a load", () => {
  it("is one line, plus further lines if features are omitted or the assets are too large for Dagster", () => {
    const text = new LoadedText(options, false);
    expect(text.format(loaded())).toBe("3 assets loaded in 1.2 s\n");
    const leftOut = new Map([["kinds beyond the first 3", 2]]);
    expect(text.format(loaded({ leftOut }))).toContain(
      "Omitted from 2 assets, because this Dagster does not support it: kinds beyond the first 3\n",
    );
    expect(text.format(loaded({ reply: new Uint8Array(123_000_000) }))).toMatch(
      /The assets take 123 MB; Dagster reads up to 100 MB unless DAGSTER_GRPC_MAX_RX_BYTES/,
    );
  });

  it("says whether Dagster sees changes, also after an intermediate failure", () => {
    const text = new LoadedText(options, false);
    const failed = { content: null, failure: describeFailure(new RangeError("no\nreally")), wallMs: 100 };
    expect(
      [loaded(), loaded(), failed, loaded(), loaded({ serverId: "2" })].map((each) => text.format(each)),
    ).toEqual([
      "3 assets loaded in 1.2 s\n",
      "3 assets loaded in 1.2 s, no changes\n",
      "Not loaded (0.1 s): RangeError: no\nreally\nDagster shows this error until a load succeeds.\n",
      "3 assets loaded in 1.2 s, no changes\n",
      "3 assets loaded in 1.2 s\n",
    ]);
  });

  it("says what Dagster keeps with --keep-last-good", () => {
    const text = new LoadedText(options, true);
    const failed = { content: null, failure: describeFailure(new RangeError("no")), wallMs: 100 };
    expect([failed, loaded(), failed].map((each) => text.format(each))).toEqual([
      "Not loaded (0.1 s): RangeError: no\nDagster shows this error until a load succeeds.\n",
      "3 assets loaded in 1.2 s\n",
      "Not loaded (0.1 s): RangeError: no\nDagster keeps the 3 assets of the last load.\n",
    ]);
  });
});
