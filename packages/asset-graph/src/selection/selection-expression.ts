/** Depth of a traversal: a number of steps, or unlimited. */
export type TraversalDepth = number | "all";

/** A range in the text of a selection: from `start` up to `end`, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The supported attributes that have a single value. */
export type ValueAttribute =
  | "key"
  | "owner"
  | "group"
  | "kind"
  | "column"
  | "table_name"
  | "is"
  | "folder"
  | "problem"
  | "changed_since"
  | "changed_before";

/** A parsed selection: plain data, independent of any graph. */
export type SelectionExpression =
  /** `*` */
  | { readonly type: "all" }
  /** `group:"sales"`; null stands for `<null>`. */
  | {
      readonly type: "attribute";
      readonly attribute: ValueAttribute;
      readonly value: string | null;
      /** The range of the value, including its quotes. */
      readonly range: TextRange;
    }
  /**
   * `tag:"domain"="finance"`; an omitted value is the empty string, as in Dagster. A null key stands for `<null>`.
   */
  | {
      readonly type: "tag";
      readonly key: string | null;
      readonly value: string;
      readonly keyRange: TextRange;
      readonly valueRange: TextRange | null;
    }
  /** A bare key: `sales/orders`. Its `*` and `+` become traversals around it. */
  | { readonly type: "asset"; readonly path: string; readonly range: TextRange }
  | { readonly type: "and" | "or"; readonly operands: readonly SelectionExpression[] }
  | { readonly type: "not"; readonly operand: SelectionExpression }
  /** `1+key:"x"+2`: the assets themselves, and those within `up` steps upstream and `down` steps downstream. */
  | {
      readonly type: "traversal";
      readonly operand: SelectionExpression;
      /** Null if that direction is not traversed. */
      readonly up: TraversalDepth | null;
      readonly down: TraversalDepth | null;
    }
  /**
   * The operand's assets without downstream (`sinks`) or upstream (`roots`) assets in the operand, at any distance.
   */
  | { readonly type: "sinks" | "roots"; readonly operand: SelectionExpression };
