import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type JournalEntry, RefreshJournal } from "../../../src/fetch/store/refresh-journal.ts";
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

/** Writes the journal of an interrupted refresh. */
async function leave(file: string, added: readonly JournalEntry[] = entries): Promise<void> {
  const journal = new RefreshJournal(file);
  journal.begin(marks, null);
  for (const entry of added) journal.add(entry);
  await journal.close();
}

/** Ids of the entries of a journal, by list. */
async function left(file: string): Promise<Readonly<Record<string, readonly string[]>> | null> {
  const unfinished = await new RefreshJournal(file).read();
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
    expect(await new RefreshJournal(file).read()).toMatchObject({
      marks,
      documents: { workbooks, dataModels },
    });
  });

  it("writes entries to disk soon, because a killed refresh does not close it", async () => {
    const file = stateFile();
    const journal = new RefreshJournal(file);
    journal.begin(marks, null);
    for (const entry of entries) journal.add(entry);
    await vi.waitFor(async () => expect(await left(file)).toEqual(whole));
    await journal.close();
  });

  it("keeps the previous entries if the fingerprints are unchanged", async () => {
    const file = stateFile();
    await leave(file, entries.slice(0, 1));
    const journal = new RefreshJournal(file);
    journal.begin(new Map(marks), await journal.read());
    for (const entry of entries.slice(1)) journal.add(entry);
    await journal.close();
    expect(await left(file)).toEqual(whole);
  });

  it.each([
    ["a document has another version", new Map([["m1", "2"]])],
    ["a document is new", new Map([...marks, ["m2", "1"]])],
    ["a document is gone", new Map<string, string>()],
  ])("starts empty if %s", async (_what, listed) => {
    const file = stateFile();
    await leave(file);
    const journal = new RefreshJournal(file);
    journal.begin(listed, await journal.read());
    await journal.close();
    expect(await left(file)).toEqual({ workbooks: [], dataModels: [], datasets: [] });
  });

  it("skips lines that are truncated, damaged or written by another version", async () => {
    const file = stateFile();
    await leave(file);
    const lines = [
      '{"type":"quantumView","item":{"id":"q"}}',
      '{"type":"workbook"}',
      '{"type":"workbook","item":null}',
      '{"type":"constructor","item":{"id":"c"}}',
      '{"type":"marks","item":7}',
      "7",
      "null",
      "[]",
      '{"type":"workbook","item":{"id":"cut o',
    ];
    appendFileSync(`${file}.journal`, lines.join("\n"));
    expect(await left(file)).toEqual(whole);
  });

  it("is ignored if its first line is missing or damaged", async () => {
    const file = stateFile();
    await leave(file);
    const [, ...others] = readFileSync(`${file}.journal`, "utf8").split("\n");
    writeFileSync(`${file}.journal`, ['{"type":"marks","item', ...others].join("\n"));
    expect(await left(file)).toBeNull();
    expect(await left(stateFile())).toBeNull();
  });

  it("is deleted when it is dropped", async () => {
    const file = stateFile();
    await leave(file);
    await new RefreshJournal(file).drop();
    expect(existsSync(`${file}.journal`)).toBe(false);
  });

  it("can be dropped if there is none", async () => {
    const file = stateFile();
    await expect(new RefreshJournal(file).drop()).resolves.toBeUndefined();
  });

  it("does not fail the refresh if it cannot be written", async () => {
    const file = join(stateFile(), "no folder", "state.ndjson");
    await leave(file);
    expect(await left(file)).toBeNull();
  });
});
