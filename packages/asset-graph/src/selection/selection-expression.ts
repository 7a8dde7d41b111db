/** How far a traversal goes: a number of steps, or to the end. */
export type TraversalDepth = number | "all";

/** Where something stands in the text of a selection: from `start` up to `end`, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The attributes that select assets here and hold one value. */
export type ValueAttribute = "key" | "owner" | "group" | "kind" | "column" | "table_name" | "is";

/** A parsed selection: plain data, of no graph in particular. */
export type SelectionExpression =
  /** `*` */
  | { readonly type: "all" }
  /** `group:"sales"`; a value of null is `<null>`. */
  | {
      readonly type: "attribute";
      readonly attribute: ValueAttribute;
      readonly value: string | null;
      /** Where the value stands, with its quotes. */
      readonly range: TextRange;
    }
  /** `tag:"domain"="finance"`; without a value it is the empty one, as in Dagster. A key of null is `<null>`. */
  | {
      readonly type: "tag";
      readonly key: string | null;
      readonly value: string;
      readonly keyRange: TextRange;
      readonly valueRange: TextRange | null;
    }
  /** A bare key, which stands alone: `sales/orders`. Its `*` and `+` are traversals around it. */
  | { readonly type: "asset"; readonly path: string; readonly range: TextRange }
  | { readonly type: "and" | "or"; readonly operands: readonly SelectionExpression[] }
  | { readonly type: "not"; readonly operand: SelectionExpression }
  /** `1+key:"x"+2`: the assets themselves, those up to `up` steps above and those up to `down` steps below. */
  | {
      readonly type: "traversal";
      readonly operand: SelectionExpression;
      /** Null where nothing was asked for on that side. */
      readonly up: TraversalDepth | null;
      readonly down: TraversalDepth | null;
    }
  /** Those of the operand with nothing of the operand below (`sinks`) or above (`roots`) them, however far. */
  | { readonly type: "sinks" | "roots"; readonly operand: SelectionExpression };
