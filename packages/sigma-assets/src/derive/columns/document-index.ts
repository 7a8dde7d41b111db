import { objectId } from "../../state/object-id.ts";
import type { DataModelState, WorkbookState } from "../../state/organization-state.ts";
import { DocumentColumns } from "./document-columns.ts";

/** Workbooks and data models by id. Their columns are computed on first use. */
export class DocumentIndex {
  readonly #states: ReadonlyMap<string, WorkbookState | DataModelState>;

  constructor(states: readonly (WorkbookState | DataModelState)[]) {
    this.#states = new Map(states.map((state) => [objectId(state.id), state]));
  }

  get(id: string): DocumentColumns | undefined {
    const state = this.#states.get(id);
    return state === undefined ? undefined : DocumentColumns.of(state);
  }

  *values(): Generator<DocumentColumns, void, void> {
    for (const state of this.#states.values()) yield DocumentColumns.of(state);
  }
}
