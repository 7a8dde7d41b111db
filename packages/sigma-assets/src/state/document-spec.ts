/** The parts of a document's code representation (`/spec`) that lineage uses, per element. */
export interface DocumentSpec {
  /** The elements of all pages. */
  readonly elements: readonly SpecElement[];
}

/** An element in a code representation. */
export interface SpecElement {
  readonly id: string;
  /** Display name; null without one. */
  readonly name: string | null;
  /** Its sources, including the parts of joins and unions. */
  readonly sources: readonly SpecSource[];
  /** For each output column of a union, the column of each source, in the order of `sources`; null for none. */
  readonly matches: readonly { readonly output: string; readonly columns: readonly (string | null)[] }[];
  /** The conditions of joins. */
  readonly joins: readonly SpecJoin[];
  /** Metrics of the element. */
  readonly metrics: readonly { readonly name: string; readonly formula: string }[];
}

/** A source in a code representation. */
export type SpecSource =
  | { readonly kind: "table"; readonly path: readonly string[]; readonly connectionId: string | null }
  | { readonly kind: "sql"; readonly statement: string; readonly connectionId: string | null }
  | { readonly kind: "element"; readonly elementId: string }
  | { readonly kind: "dataModel"; readonly dataModelId: string; readonly elementId: string | null }
  /** A source that lineage does not use, such as an upload. */
  | { readonly kind: "other"; readonly type: string };

/** A join in a code representation. */
export interface SpecJoin {
  /** `inner`, `left-outer`, …; null if not given. */
  readonly type: string | null;
  /** Pairs of key columns, as formulas. */
  readonly keys: readonly { readonly left: string; readonly right: string; readonly operator: string }[];
}
