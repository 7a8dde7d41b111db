import { wellFormed } from "@dagster-sigma/foundation";
import type { IncompleteListing, RowProblem, SigmaResponseShapeError } from "@dagster-sigma/sigma-client";
import type { CallFailure, UnreadablePart } from "../../state/organization-state.ts";
import { UnreadableParts } from "../../state/unreadable-parts.ts";

/** The object of a state that unreadable parts belong to. */
export type ProblemOwner = "workbooks" | "dataModels" | "datasets" | "connections/tables";

/** Collects the unreadable parts of the rows of a fetch, and its incomplete listings, by the object whose rows they are. */
export class RowProblems {
  readonly #parts = new Map<string, UnreadableParts>();
  readonly #lost = new Map<string, (string | null)[]>();
  readonly #incomplete = new Map<string, IncompleteListing[]>();

  /** Listener for a client. */
  readonly add = (problem: RowProblem): void => {
    const { route, endpoint, row, expected, found, isRowLost, rowId } = problem;
    if (isRowLost) this.#noteLost(route, rowId);
    const field = problem.field.replace(/\[\d+\]/g, "[]");
    this.#addTo(ownerOf(endpoint), {
      route,
      field,
      expected,
      isRowLost,
      count: 1,
      examples: [{ row, found }],
    });
  };

  /** Listener for a client. */
  readonly addIncomplete = (listing: IncompleteListing): void => {
    const owner = ownerOf(listing.endpoint);
    this.#incomplete.set(owner, [...(this.#incomplete.get(owner) ?? []), listing]);
  };

  /** Adds a response of which nothing can be used. */
  addWhole({ endpoint, expected, found, jsonPath: field }: SigmaResponseShapeError, route: string): void {
    const part = { route, field, expected, isRowLost: true, count: 1, examples: [{ row: 0, found }] };
    this.#addTo(ownerOf(endpoint), part);
  }

  /** Ids of the rows of a listing that were left out; null for an unknown id. */
  lostRows(route: string): readonly (string | null)[] {
    return this.#lost.get(route) ?? [];
  }

  /** Whether a listing of the organization has fewer rows than Sigma says. */
  isIncomplete(route: string): boolean {
    return (this.#incomplete.get("") ?? []).some(({ endpoint }) => endpoint === route);
  }

  /** Removes and returns the incomplete listings of an object; without one, those of the organization. */
  takeIncomplete(owner?: ProblemOwner, id = ""): readonly CallFailure[] {
    const key = owner === undefined ? "" : `${owner}/${encodeURIComponent(wellFormed(id))}`;
    const listings = this.#incomplete.get(key) ?? [];
    this.#incomplete.delete(key);
    return listings.map(describeIncomplete);
  }

  /** Removes and returns the parts of an object, as a part of its state; empty if there are none. */
  take(owner: ProblemOwner, id: string): { readonly unreadable?: readonly UnreadablePart[] } {
    const key = `${owner}/${encodeURIComponent(wellFormed(id))}`;
    const parts = this.#parts.get(key);
    this.#parts.delete(key);
    return parts === undefined ? {} : { unreadable: parts.sorted() };
  }

  /** The parts that were not taken. */
  rest(): readonly UnreadablePart[] {
    return UnreadableParts.merge(...[...this.#parts.values()].map((parts) => parts.sorted()));
  }

  #noteLost(route: string, rowId: string | null): void {
    const ids = this.#lost.get(route);
    if (ids === undefined) this.#lost.set(route, [rowId]);
    else ids.push(rowId);
  }

  #addTo(owner: string, part: UnreadablePart): void {
    const parts = this.#parts.get(owner) ?? new UnreadableParts();
    this.#parts.set(owner, parts);
    parts.add(part);
  }
}

/** Not transient: the same request would return the same rows. */
function describeIncomplete({ endpoint, total, received }: IncompleteListing): CallFailure {
  const message = `${endpoint}: Sigma says that there are ${total} rows, and returned ${received}, also the second time.`;
  return { subject: "listing", code: "LIST_INCOMPLETE", status: 200, sigmaCode: null, message };
}

/** The object in the path of a call; "" for a listing of the organization. */
function ownerOf(endpoint: string): string {
  return /\/v2\/((?:workbooks|dataModels|datasets|connections\/tables)\/[^/]+)/.exec(endpoint)?.[1] ?? "";
}
