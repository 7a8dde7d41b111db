import { createWriteStream, type WriteStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import {
  type DocumentKind,
  documentKindNames,
  documentKinds,
  documentsOf,
} from "../../state/document-kinds.ts";
import type { DocumentLists, DocumentStates } from "../../state/organization-state.ts";

/** A fetched document in the journal. */
export type JournalEntry = {
  readonly [Kind in DocumentKind]: { readonly type: Kind; readonly item: DocumentStates[Kind] };
}[DocumentKind];

/** Fingerprints of data models and datasets at the start of a refresh, by id. */
export type ListingMarks = ReadonlyMap<string, string>;

/** Documents of an interrupted refresh, and the fingerprints at its start. */
export interface UnfinishedRefresh {
  readonly marks: ListingMarks;
  readonly documents: DocumentLists;
}

/** Flush interval, in ms: the most work that a kill can lose. */
const writeEveryMs = 20;

/**
 * Stores the documents fetched by a refresh next to the state, one per line, so that the next refresh after a kill
 * does not fetch them again. Removed when the state is written.
 */
export class RefreshJournal {
  readonly #file: string;
  #stream: WriteStream | null = null;
  #waiting = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(stateFile: string) {
    this.#file = `${stateFile}.journal`;
  }

  /** The entries of the last refresh if it was interrupted. Truncated and damaged lines are skipped. */
  async read(): Promise<UnfinishedRefresh | null> {
    const text = await readFile(this.#file, "utf8").catch(() => null);
    if (text === null) return null;
    const documents = Object.fromEntries(
      documentKindNames.map((kind) => [documentKinds[kind].list, [] as DocumentStates[DocumentKind][]]),
    );
    let marks: ListingMarks | null = null;
    for (const line of text.split("\n")) {
      const entry = parse(line);
      if (entry?.type === "marks") marks = new Map(entry.item);
      else if (entry !== null) documents[documentKinds[entry.type].list]?.push(entry.item);
    }
    return marks === null ? null : { marks, documents: documents as unknown as DocumentLists };
  }

  /** Starts a new journal. Keeps the entries of the last one, unless data that they depend on changed. */
  begin(marks: ListingMarks, kept: UnfinishedRefresh | null): void {
    this.#stream = createWriteStream(this.#file, { flags: "w", mode: 0o600 });
    // If the journal cannot be written, the refresh continues without it.
    this.#stream.on("error", () => undefined);
    this.#write({ type: "marks", item: [...marks] });
    if (kept === null || JSON.stringify([...kept.marks]) !== JSON.stringify([...marks])) return;
    for (const type of documentKindNames)
      for (const item of documentsOf(kept.documents, type)) this.add({ type, item } as JournalEntry);
  }

  add(entry: JournalEntry): void {
    this.#write(entry);
  }

  /** Writes the remaining entries to disk. */
  async close(): Promise<void> {
    this.#flush();
    const stream = this.#stream;
    this.#stream = null;
    if (stream !== null) await new Promise<void>((resolve) => stream.end(() => resolve()));
  }

  async drop(): Promise<void> {
    await this.close();
    await rm(this.#file, { force: true });
  }

  #write(entry: JournalEntry | MarksEntry): void {
    this.#waiting += `${JSON.stringify(entry)}\n`;
    this.#timer ??= setTimeout(() => this.#flush(), writeEveryMs);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stream?.write(this.#waiting);
    this.#waiting = "";
  }
}

interface MarksEntry {
  readonly type: "marks";
  readonly item: readonly (readonly [id: string, mark: string])[];
}

/** Null if the line is not a valid entry of this version. */
function parse(line: string): JournalEntry | MarksEntry | null {
  try {
    const entry = JSON.parse(line) as JournalEntry | MarksEntry;
    if (entry.type === "marks") return Array.isArray(entry.item) ? entry : null;
    return documentKindNames.includes(entry.type) && typeof entry.item.id === "string" ? entry : null;
  } catch {
    return null;
  }
}
