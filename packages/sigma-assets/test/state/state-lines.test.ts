import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSnapshot, writeSnapshot } from "../../src/fetch/store/snapshot-file.ts";
import { SnapshotError } from "../../src/index.ts";
import type { OrganizationState } from "../../src/state/organization-state.ts";
import { StateReader, stateLines } from "../../src/state/state-lines.ts";
import { buildState } from "../build-state.ts";

/** Texts that differ only in case, escaping, Unicode normal form or a suffix, and line separators. */
const alike = [
  "w",
  "W",
  "w/",
  "w/1",
  "w\\/1",
  "w%2F1",
  "é",
  "e\u0301",
  "",
  "\u2028",
  "\n",
  "constructor",
  "id",
  "end",
];
const anyText = fc.oneof(fc.constantFrom(...alike), fc.string());
const row = fc.record({ id: anyText, properties: fc.dictionary(anyText, fc.jsonValue()) });
const rows = fc.array(row, { maxLength: 4 });
const anyState: fc.Arbitrary<OrganizationState> = fc
  .record({
    workbooks: rows,
    dataModels: rows,
    datasets: rows,
    tables: rows,
    connections: rows,
    members: rows,
  })
  .map(buildState);

function throughText(state: OrganizationState): OrganizationState {
  const reader = new StateReader();
  for (const line of stateLines(state)) reader.push(line);
  return reader.finish();
}

const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-snapshot-"));
const sample = buildState({
  workbooks: [{ id: "w", properties: { workbookId: "w", name: "Σ\u2028\n" } }],
  members: [{ id: "m", email: null }],
});

describe("a state as lines", () => {
  it("is restored unchanged", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(JSON.stringify(throughText(state))).toBe(JSON.stringify(state));
      }),
    );
  });

  it("is read in format 1, without badges and listing counts", () => {
    const [header = "", ...others] = [...stateLines(sample)];
    const { listed: _listed, ...before } = JSON.parse(header);
    const { fetchBadges: _fetchBadges, ...options } = before.options;
    const reader = new StateReader();
    reader.push(JSON.stringify({ ...before, formatVersion: 1, options }));
    for (const line of others) reader.push(line);
    expect(reader.finish()).toEqual(sample);
  });

  it("is rejected if it is truncated at any position", () => {
    const lines = [...stateLines(sample)];
    for (let count = 0; count < lines.length; count++) {
      const reader = new StateReader();
      for (const line of lines.slice(0, count)) reader.push(line);
      expect(() => reader.finish()).toThrow(/empty|truncated/);
    }
  });
});

describe("a snapshot file", () => {
  it("is restored unchanged, readable only for its owner, without temporary files", async () => {
    const file = join(folder(), "deep", "sigma.ndjson");
    await writeSnapshot(file, sample);
    await writeSnapshot(file, sample);
    expect(await readSnapshot(file)).toEqual(sample);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, ".."))).toEqual(["sigma.ndjson"]);
  });

  it.each([
    ["empty", "", "SNAPSHOT_BROKEN", /it is empty/],
    ["not text", Buffer.from([0, 255, 1, 2]), "SNAPSHOT_BROKEN", /line 1 is not a JSON object/],
    ["another file", '{"name":"package"}\n', "SNAPSHOT_BROKEN", /not the header/],
    ["of a newer version", '{"type":"header","formatVersion":99}\n', "SNAPSHOT_TOO_NEW", /format 99/],
    [
      "missing an object",
      `${[...stateLines(sample)].filter((_, index) => index !== 1).join("\n")}\n`,
      "SNAPSHOT_BROKEN",
      /instead of 2/,
    ],
    ["cut within a line", [...stateLines(sample)].join("\n").slice(0, -30), "SNAPSHOT_BROKEN", /line|end/],
  ])("is rejected and not changed if it is %s", async (_what, content, code, message) => {
    const file = join(folder(), "sigma.ndjson");
    writeFileSync(file, content);
    const reading = readSnapshot(file);
    await expect(reading).rejects.toBeInstanceOf(SnapshotError);
    await expect(reading).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
    expect(readFileSync(file)).toEqual(Buffer.from(content));
  });

  it("causes an error if it does not exist or is not writable", async () => {
    const file = join(folder(), "missing.ndjson");
    await expect(readSnapshot(file)).rejects.toMatchObject({ code: "SNAPSHOT_UNREADABLE" });
    const blocked = join(folder(), "file");
    writeFileSync(blocked, "");
    chmodSync(blocked, 0o400);
    await expect(writeSnapshot(join(blocked, "sigma.ndjson"), sample)).rejects.toMatchObject({
      code: "SNAPSHOT_NOT_WRITABLE",
    });
  });
});
