import type { DocumentKind } from "../../state/document-kinds.ts";
import type {
  DocumentStates,
  OrganizationState,
  ShownQuery,
  WorkbookState,
} from "../../state/organization-state.ts";
import type { ReusableFetch } from "./reusable-fetch.ts";

/** Several earlier fetches, newest first; each is a fallback for the previous one. */
export class ReusableFetches {
  readonly #states: readonly ReusableFetch[];

  constructor(states: readonly ReusableFetch[]) {
    this.#states = states;
  }

  unlistedModels(): readonly string[] {
    return [...new Set(this.#states.flatMap((state) => state.unlistedModels()))];
  }

  compare(now: ReadonlyMap<string, string>): void {
    for (const state of this.#states) state.compare(now);
  }

  /** The state of the last fetch, if it is the only one and complete. */
  get whole(): OrganizationState | null {
    const [only, ...others] = this.#states;
    return only === undefined || others.length > 0 ? null : only.whole;
  }

  /** The reusable document of a listed row; null if it must be fetched again. */
  unchanged<Kind extends DocumentKind>(
    kind: Kind,
    row: DocumentStates[Kind]["properties"],
  ): DocumentStates[Kind] | null {
    return this.#first((state) => state.unchanged(kind, row));
  }

  /** The last rows of a document, even if they may not be reused. */
  last<Kind extends DocumentKind>(kind: Kind, id: string): DocumentStates[Kind] | null {
    return this.#first((state) => state.last(kind, id));
  }

  query(datasetId: string, workbook: WorkbookState, elementId: string): ShownQuery | null {
    return this.#first((state) => state.query(datasetId, workbook, elementId));
  }

  tableColumns(id: string): ReturnType<ReusableFetch["tableColumns"]> {
    return this.#first((state) => state.tableColumns(id));
  }

  #first<Found>(find: (state: ReusableFetch) => Found | null): Found | null {
    for (const state of this.#states) {
      const found = find(state);
      if (found !== null) return found;
    }
    return null;
  }
}
