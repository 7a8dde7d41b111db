import { FromItems } from "./from-items.ts";

/** Names that CTEs have given so far, with those of the queries around. */
export interface CteScope {
  readonly names: Set<string>;
  readonly outer: CteScope | null;
}

/** Where the scanner is within one pair of parentheses, or in a statement. */
export type ScanState =
  /** Before SELECT, WITH, FROM or VALUES. */
  | "start"
  /** Where the name of a CTE stands. */
  | "cteName"
  /** Between the name of a CTE and its body. */
  | "cteHead"
  /** Behind the body of a CTE. */
  | "cteEnd"
  /** Just behind an opening parenthesis: what comes first tells what it is. */
  | "opened"
  /** Where a table is read. */
  | "table"
  /** Behind a table, a subquery or a function that is read. */
  | "afterTable"
  /** Behind VALUES where a table is read: commas part its rows. */
  | "values"
  /** Behind LATERAL VIEW. */
  | "lateralView"
  /** Behind `|>`. */
  | "pipe"
  | "expression";

/** What belongs to one pair of parentheses or brackets. */
export interface Frame {
  state: ScanState;
  /** The bracket that opened it; empty for the statement itself. */
  readonly open: string;
  /** Opened where a table is read, so that it may hold tables that are joined. */
  readonly holdsTables: boolean;
  /** The CTE whose body this is; null for all else. */
  readonly bodyOf: string | null;
  /** Whether a query is read directly in here, not only an expression. */
  isQuery: boolean;
  /** Whether a comma leads to the next table. */
  inFrom: boolean;
  ctes: CteScope | null;
  /** Whether `ctes` is of this frame, not of one around it. */
  ownsCtes: boolean;
  items: FromItems;
  /** Of a WITH list: whether it says RECURSIVE, and the CTE that is being defined. */
  recursive: boolean;
  cteName: string;
  /** The alias that the last table has unless it is given another: null when it cannot be given one any more. */
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

/** From here on the name is a CTE's, within this frame. */
export function defineCte(frame: Frame, name: string): void {
  if (frame.ownsCtes) {
    frame.ctes?.names.add(name);
    return;
  }
  frame.ctes = { names: new Set([name]), outer: frame.ctes };
  frame.ownsCtes = true;
}
