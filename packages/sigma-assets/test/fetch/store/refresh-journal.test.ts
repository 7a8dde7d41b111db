import { appendFileSync, existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { LineChecksums } from "../../../src/fetch/store/line-checksums.ts";
import { type JournalEntry, readJournal } from "../../../src/fetch/store/read-journal.ts";
import { RefreshJournal } from "../../../src/fetch/store/refresh-journal.ts";
import { buildState } from "../../build-state.ts";

const { workbooks, dataModels } = buildState({
  workbooks: [{ id: "w1" }, { id: "w2" }],
  dataModels: [{ id: "m1" }],
});
const entries: readonly JournalEntry[] = [
  ...workbooks.map((item) => ({ type: "workbook" as const, item })),
  ...dataModels.map((item) => ({ type: "dataModel" as const, item })),
];
const marks = new Map([["m1", "1"]]);

function stateFile(): string {
  return join(mkdtempSync(join(tmpdir(), "dagster-sigma-journal-")), "state.ndjson");
}

const held = { check: () => undefined };

function journalOf(file: string, lock: { check(): void } = held): RefreshJournal {
  return new RefreshJournal(file, lock, () => undefined);
}

const read = async (file: string): ReturnType<typeof readJournal> => await readJournal(`${file}.journal`);

/** Writes the journal of an interrupted refresh. */
async function leave(file: string, added: readonly JournalEntry[] = entries): Promise<void> {
  const journal = journalOf(file);
  journal.begin(marks, null);
  for (const entry of added) journal.add(entry);
  journal.close();
}

/** Ids of the entries of a journal, by list. */
async function left(file: string): Promise<Readonly<Record<string, readonly string[]>> | null> {
  const unfinished = (await read(file)).unfinished;
  if (unfinished === null) return null;
  const ids = Object.entries(unfinished.documents).map(([list, documents]) => [
    list,
    (documents as readonly { readonly id: string }[]).map(({ id }) => id),
  ]);
  return Object.fromEntries(ids);
}

const whole = { workbooks: ["w1", "w2"], dataModels: ["m1"], datasets: [] };

describe("the journal of a refresh", () => {
  it("returns the fetched documents, and the fingerprints at the start of the refresh", async () => {
    const file = stateFile();
    await leave(file);
    expect(await left(file)).toEqual(whole);
    expect((await read(file)).unfinished).toMatchObject({
      marks,
      documents: { workbooks, dataModels },
    });
  });

  it("writes entries to disk soon, because a killed refresh does not close it", async () => {
    const file = stateFile();
    const journal = journalOf(file);
    journal.begin(marks, null);
    for (const entry of entries) journal.add(entry);
    await vi.waitFor(async () => expect(await left(file)).toEqual(whole));
    journal.close();
  });

  it("keeps the previous entries if the fingerprints are unchanged", async () => {
    const file = stateFile();
    await leave(file, entries.slice(0, 1));
    const journal = journalOf(file);
    journal.begin(new Map(marks), (await read(file)).unfinished);
    for (const entry of entries.slice(1)) journal.add(entry);
    journal.close();
    expect(await left(file)).toEqual(whole);
  });

  it.each([
    ["a document has another version", new Map([["m1", "2"]])],
    ["a document is new", new Map([...marks, ["m2", "1"]])],
    ["a document is gone", new Map<string, string>()],
  ])("starts empty if %s", async (_what, listed) => {
    const file = stateFile();
    await leave(file);
    const journal = journalOf(file);
    journal.begin(listed, (await read(file)).unfinished);
    journal.close();
    expect(await left(file)).toEqual({ workbooks: [], dataModels: [], datasets: [] });
  });

  it("is read up to an incomplete last line, which a kill leaves", async () => {
    const file = stateFile();
    await leave(file);
    appendFileSync(`${file}.journal`, '{"type":"workbook","item":{"id":"cut o');
    expect(await left(file)).toEqual(whole);
    truncateSync(`${file}.journal`, 5);
    expect(await read(file)).toEqual({ unfinished: null, problem: null });
    expect(await read(stateFile())).toEqual({ unfinished: null, problem: null });
  });

  it.each([
    ["a letter is different", (text: string) => text.replace('"w1"', '"w7"'), "line 2 is damaged"],
    ["the checksum is missing", (text: string) => text.replace(/,"checksum":"\w+"/, ""), "line 1 is damaged"],
    ["a complete line is not JSON", (text: string) => `${text}{"type":"workb\n`, "line 5 is damaged"],
    [
      "the first line is missing",
      (text: string) => text.slice(text.indexOf("\n") + 1),
      "it was written by another version",
    ],
    ["it has two first lines", (text: string) => `${text}${text}`, "it has two first lines"],
  ])("is not used if %s", async (_what, damage, problem) => {
    const file = stateFile();
    await leave(file);
    writeFileSync(`${file}.journal`, damage(readFileSync(`${file}.journal`, "utf8")));
    expect(await read(file)).toEqual({ unfinished: null, problem });
  });

  it("is not used if another version wrote it", async () => {
    const file = stateFile();
    const line = JSON.stringify({ type: "marks", formatVersion: 99, item: [] });
    writeFileSync(`${file}.journal`, new LineChecksums().seal(line));
    expect(await read(file)).toEqual({ unfinished: null, problem: "it was written by another version" });
  });

  it("is not written after the lock was lost, and reports that", () => {
    const file = stateFile();
    const lost = new Error("lost");
    let isLost = false;
    const check = (): void => {
      if (isLost) throw lost;
    };
    const reported: unknown[] = [];
    const journal = new RefreshJournal(file, { check }, (error) => reported.push(error));
    journal.begin(marks, null);
    for (const entry of entries.slice(0, 1)) journal.add(entry);
    isLost = true;
    journal.close();
    expect([reported, readFileSync(`${file}.journal`, "utf8")]).toEqual([[lost], ""]);
    expect(() => journalOf(file, { check }).begin(marks, null)).toThrow(lost);
    journalOf(file, { check }).drop();
    expect(existsSync(`${file}.journal`)).toBe(true);
  });

  it("is deleted when it is dropped", async () => {
    const file = stateFile();
    await leave(file);
    journalOf(file).drop();
    expect(existsSync(`${file}.journal`)).toBe(false);
  });

  it("can be dropped if there is none", () => {
    const file = stateFile();
    expect(() => journalOf(file).drop()).not.toThrow();
  });

  it("does not fail the refresh if it cannot be written", async () => {
    const file = join(stateFile(), "no folder", "state.ndjson");
    await leave(file);
    expect(await left(file)).toBeNull();
  });
});
