import type { OpenQuestions } from "../../derive/open-questions/open-questions.ts";
import type { TableState, TriedRoute } from "../../state/organization-state.ts";

/** Tables that documents read: by id, and by name in SQL. */
export type WantedTables = Pick<OpenQuestions, "tableIds" | "isNamedTable" | "singleSourceElements">;

/** The tables found so far, and those still missing with the calls that did not return their paths. */
export class FoundTables {
  readonly #missing: Map<string, TriedRoute[]>;
  readonly #isNamed: WantedTables["isNamedTable"];
  readonly #found = new Map<string, TableState>();

  constructor({ tableIds, isNamedTable }: Pick<WantedTables, "tableIds" | "isNamedTable">) {
    this.#missing = new Map([...tableIds].map((id) => [id, []]));
    this.#isNamed = isNamedTable;
  }

  /** Whether all tables are found. */
  get isComplete(): boolean {
    return this.#missing.size === 0 && this.#isNamed === null;
  }

  /** Ids of the missing tables. */
  get missing(): readonly string[] {
    return [...this.#missing.keys()];
  }

  /** The calls for a missing table. */
  triedFor(id: string): readonly TriedRoute[] {
    return this.#missing.get(id) ?? [];
  }

  /** Whether fetching the missing tables one by one takes fewer calls. */
  takesFewerThan(calls: number): boolean {
    return this.#isNamed === null && this.#missing.size <= calls;
  }

  isMissing(id: string): boolean {
    return this.#missing.has(id);
  }

  /** Ignores an empty path, which is that of a connection. */
  add(id: string, path: readonly string[], connectionId: string | null): void {
    if (path.length === 0) return;
    const isWanted =
      this.#missing.has(id) || (connectionId !== null && this.#isNamed?.(connectionId, path) === true);
    if (isWanted) this.#found.set(id, { id, path, connectionId, columns: null });
    this.#missing.delete(id);
  }

  /** Records that a call did not return the path of a table. */
  note(id: string, tried: TriedRoute): void {
    this.#missing.get(id)?.push(tried);
  }

  /** Records that a listing did not return the paths of the missing tables. */
  noteForAll(tried: TriedRoute): void {
    for (const ofTable of this.#missing.values()) ofTable.push(tried);
  }

  tables(): readonly TableState[] {
    return [...this.#found.values()];
  }
}
