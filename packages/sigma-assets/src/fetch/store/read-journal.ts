import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import { type DocumentKind, documentKindNames, documentKinds } from "../../state/document-kinds.ts";
import type { DocumentLists, DocumentStates } from "../../state/organization-state.ts";
import { stateFormatVersion } from "../../state/state-format.ts";
import { LineChecksums } from "./line-checksums.ts";
import { openRegularFile } from "./open-regular-file.ts";
import { readLines } from "./read-lines.ts";

/** A fetched document in the journal. */
export type JournalEntry = {
  readonly [Kind in DocumentKind]: { readonly type: Kind; readonly item: DocumentStates[Kind] };
}[DocumentKind];

/** The first line of a journal. */
export interface MarksEntry {
  readonly type: "marks";
  readonly formatVersion: number;
  readonly item: readonly (readonly [id: string, mark: string])[];
}

/** Fingerprints of data models and datasets at the start of a refresh, by id. */
export type ListingMarks = ReadonlyMap<string, string>;

/** Documents of an interrupted refresh, and the fingerprints at its start. */
export interface UnfinishedRefresh {
  readonly marks: ListingMarks;
  readonly documents: DocumentLists;
}

/** The contents of a journal. */
export interface ReadJournal {
  /** Null without a usable journal. */
  readonly unfinished: UnfinishedRefresh | null;
  /** Why it cannot be used; null if it is missing or usable. */
  readonly problem: string | null;
}

/**
 * Reads the journal of an interrupted refresh. An incomplete last line is ignored, because a kill may interrupt the writer.
 *
 * @throws StateError `STORED_FILE_UNSAFE`
 */
export async function readJournal(file: string): Promise<ReadJournal> {
  try {
    const { entries, damagedLine } = await readEntries(file);
    if (damagedLine !== null) return { unfinished: null, problem: `line ${damagedLine} is damaged` };
    const [marks, ...documents] = entries;
    if (marks === undefined) return { unfinished: null, problem: null };
    if (marks.type !== "marks" || marks.formatVersion !== stateFormatVersion)
      return { unfinished: null, problem: "it was written by another version" };
    const lists = Object.fromEntries(
      documentKindNames.map((kind) => [documentKinds[kind].list, [] as DocumentStates[DocumentKind][]]),
    );
    for (const entry of documents) {
      if (entry.type === "marks") return { unfinished: null, problem: "it has two first lines" };
      lists[documentKinds[entry.type].list]?.push(entry.item);
    }
    return {
      unfinished: { marks: new Map(marks.item), documents: lists as unknown as DocumentLists },
      problem: null,
    };
  } catch (thrown) {
    if (DagsterSigmaError.isInstance(thrown)) throw thrown;
    const isMissing = (thrown as NodeJS.ErrnoException).code === "ENOENT";
    return { unfinished: null, problem: isMissing ? null : errorText(thrown) };
  }
}

async function readEntries(file: string): Promise<{
  readonly entries: readonly (JournalEntry | MarksEntry)[];
  readonly damagedLine: number | null;
}> {
  const entries: (JournalEntry | MarksEntry)[] = [];
  const checksums = new LineChecksums();
  const handle = await openRegularFile(file);
  const { size } = await handle.stat();
  let readBytes = 0;
  for await (const lines of readLines(handle)) {
    for (const line of lines) {
      readBytes += line.length + 1;
      const isRight = checksums.verify(line) === true;
      if (isRight) entries.push(JSON.parse(line.toString()) as JournalEntry | MarksEntry);
      // Only a last line can lack its newline.
      else if (readBytes <= size) return { entries, damagedLine: entries.length + 1 };
    }
  }
  return { entries, damagedLine: null };
}
