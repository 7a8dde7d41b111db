import { FromItems } from "./from-items.ts";

/** The CTE names defined so far, and those of the enclosing queries. */
export interface CteScope {
  readonly names: Set<string>;
  readonly outer: CteScope | null;
}

/** The position of the scanner within a pair of parentheses, or within a statement. */
export type ScanState =
  /** Before SELECT, WITH, FROM or VALUES. */
  | "start"
  /** Before the name of a CTE. */
  | "cteName"
  /** Between the name of a CTE and its body. */
  | "cteHead"
  /** After the body of a CTE. */
  | "cteEnd"
  /** Directly after an opening parenthesis: the next token decides what it contains. */
  | "opened"
  /** Before a table. */
  | "table"
  /** After a table, a subquery or a table function. */
  | "afterTable"
  /** After VALUES in place of a table: commas separate its rows. */
  | "values"
  /** After LATERAL VIEW. */
  | "lateralView"
  /** After `|>`. */
  | "pipe"
  | "expression";

/** The state of one pair of parentheses or brackets. */
export interface Frame {
  state: ScanState;
  /** The opening bracket; empty for the statement itself. */
  readonly open: string;
  /** Opened in place of a table, so that it may contain joined tables. */
  readonly holdsTables: boolean;
  /** The CTE whose body this is; null for any other frame. */
  readonly bodyOf: string | null;
  /** Whether the frame directly contains a query, not only an expression. */
  isQuery: boolean;
  /** Whether a comma separates tables. */
  inFrom: boolean;
  ctes: CteScope | null;
  /** Whether `ctes` belongs to this frame, not to an enclosing one. */
  ownsCtes: boolean;
  items: FromItems;
  /** For a WITH list: whether it is RECURSIVE, and the CTE that is being defined. */
  recursive: boolean;
  cteName: string;
  /** The implicit alias of the last table. Null when no alias can follow any more. */
  pendingAlias: string | null;
}

export function createFrame(
  open: string,
  state: ScanState,
  outer: Frame | null,
  bodyOf: string | null = null,
): Frame {
  return {
    state,
    open,
    holdsTables:
      outer !== null && (outer.state === "table" || (outer.state === "opened" && outer.holdsTables)),
    bodyOf,
    isQuery: open === "",
    inFrom: false,
    ctes: outer?.ctes ?? null,
    ownsCtes: false,
    items: new FromItems(outer?.items ?? null),
    recursive: false,
    cteName: "",
    pendingAlias: null,
  };
}

export function isCte(scope: CteScope | null, name: string): boolean {
  for (let at = scope; at !== null; at = at.outer) if (at.names.has(name)) return true;
  return false;
}

/** From now on, and within this frame, the name refers to a CTE. */
export function defineCte(frame: Frame, name: string): void {
  if (frame.ownsCtes) {
    frame.ctes?.names.add(name);
    return;
  }
  frame.ctes = { names: new Set([name]), outer: frame.ctes };
  frame.ownsCtes = true;
}
