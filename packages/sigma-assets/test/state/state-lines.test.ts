import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineChecksums } from "../../src/fetch/store/line-checksums.ts";
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
  for (const line of stateLines(state, version)) reader.push(line);
  return reader.finish();
}

const version = "1.2.3";
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
    const [header = "", ...others] = [...stateLines(sample, version)];
    const { listed: _listed, ...before } = JSON.parse(header);
    const { fetchBadges: _fetchBadges, ...options } = before.options;
    const reader = new StateReader();
    reader.push(JSON.stringify({ ...before, formatVersion: 1, options }));
    for (const line of others) reader.push(line);
    expect(reader.finish()).toEqual(sample);
  });

  it("is read in format 2, which has no checksums", async () => {
    const [header = "", ...others] = [...stateLines(sample, version)];
    const { writtenBy: _writtenBy, ...before } = JSON.parse(header);
    const file = join(folder(), "sigma.ndjson");
    writeFileSync(file, [JSON.stringify({ ...before, formatVersion: 2 }), ...others, ""].join("\n"));
    expect(await readSnapshot(file)).toEqual(sample);
    await writeSnapshot(file, await readSnapshot(file));
    expect(readFileSync(file, "utf8")).toMatch(
      /^\{"type":"header","writtenBy":"[^"]+","formatVersion":3,.*"checksum":/,
    );
    expect(await readSnapshot(file)).toEqual(sample);
  });

  it("is rejected if it is truncated at any position", () => {
    const lines = [...stateLines(sample, version)];
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
    ["empty", "", "SNAPSHOT_BROKEN", /line 1 is missing: it is empty/],
    ["not text", Buffer.from([0, 255, 1, 2]), "SNAPSHOT_BROKEN", /line 1 is not a JSON object/],
    ["another file", '{"name":"package"}\n', "SNAPSHOT_BROKEN", /line 1 is not the header/],
    [
      "of a newer version",
      '{"type":"header","formatVersion":99}\n',
      "SNAPSHOT_TOO_NEW",
      /newer version .*format 99/,
    ],
    [
      "of a newer version that it names",
      '{"type":"header","writtenBy":"7.8.9","formatVersion":99}\n',
      "SNAPSHOT_TOO_NEW",
      /by version 7\.8\.9 .*format 99/,
    ],
    [
      "missing an object in an older format",
      `${[...stateLines({ ...sample, header: { ...sample.header, formatVersion: 2 as 3 } }, version)].toSpliced(1, 1).join("\n")}\n`,
      "SNAPSHOT_BROKEN",
      /contains 1 objects instead of 2 before line 3/,
    ],
    [
      "without checksums",
      [...stateLines(sample, version)].join("\n"),
      "SNAPSHOT_BROKEN",
      /line 1 has no checksum/,
    ],
  ])("is rejected and not changed if it is %s", async (_what, content, code, message) => {
    const file = join(folder(), "sigma.ndjson");
    writeFileSync(file, content);
    const reading = readSnapshot(file);
    await expect(reading).rejects.toBeInstanceOf(SnapshotError);
    await expect(reading).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringContaining("`dagster-sigma snapshot -o FILE`"),
    });
    expect(readFileSync(file)).toEqual(Buffer.from(content));
  });

  it.each([
    ["one letter is different", (lines: string[]) => lines.with(1, lines[1]?.replace("Σ", "Π") ?? ""), 2],
    ["an object is missing", (lines: string[]) => lines.toSpliced(1, 1), 3],
    ["objects are exchanged", (lines: string[]) => lines.with(1, lines[2] ?? "").with(2, lines[1] ?? ""), 4],
    [
      "the checksum is missing",
      (lines: string[]) => lines.with(2, lines[2]?.replace(/,"checksum.*/, "}") ?? ""),
      3,
    ],
    ["the last line is missing", (lines: string[]) => lines.slice(0, -2), 3],
    ["it is followed by other data", (lines: string[]) => [...lines, lines[1] ?? ""], 5],
  ])("is rejected if %s, and the error names the line", async (_what, damage, line) => {
    const file = join(folder(), "sigma.ndjson");
    await writeSnapshot(file, sample);
    writeFileSync(file, damage(readFileSync(file, "utf8").split("\n")).join("\n"));
    await expect(readSnapshot(file, "state")).rejects.toMatchObject({
      code: "SNAPSHOT_BROKEN",
      message: expect.stringMatching(new RegExp(`^The state ${file} is damaged \\(.*line ${line}\\b`)),
      hint: "`dagster-sigma refresh --full` fetches everything again and replaces the file.",
    });
  });

  it("names the version that reads a newer format, unless its header is damaged", async () => {
    const file = join(folder(), "sigma.ndjson");
    const header = '{"type":"header","writtenBy":"7.8.9","formatVersion":4}';
    writeFileSync(file, new LineChecksums().seal(header));
    await expect(readSnapshot(file, "state")).rejects.toMatchObject({
      code: "SNAPSHOT_TOO_NEW",
      hint: expect.stringMatching(
        /^Update dagster-sigma to 7\.8\.9 or newer.*`dagster-sigma refresh --full`/,
      ),
    });
    writeFileSync(file, new LineChecksums().seal(header).toString().replace('":4', '":5'));
    await expect(readSnapshot(file, "state")).rejects.toMatchObject({ code: "SNAPSHOT_BROKEN" });
  });

  it("may have carriage returns, which version control adds", async () => {
    const file = join(folder(), "sigma.ndjson");
    await writeSnapshot(file, sample);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
    expect(await readSnapshot(file)).toEqual(sample);
  });

  it("may be a symbolic link, but is not written through one", async () => {
    const [file, link] = [join(folder(), "sigma.ndjson"), join(folder(), "link.ndjson")];
    await writeSnapshot(file, sample);
    symlinkSync(file, link);
    expect(await readSnapshot(link)).toEqual(sample);
    const before = readFileSync(file);
    await expect(writeSnapshot(link, buildState({}))).rejects.toMatchObject({ code: "STORED_FILE_UNSAFE" });
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(join(link, ".."))).toEqual(["link.ndjson"]);
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
