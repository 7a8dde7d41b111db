import type { SelectionExpression, TraversalDepth } from "./selection-expression.ts";

/** `*` for all upstream or downstream assets, `+` for each step, around a key. */
const bareKey = /^(\*?\+*)([\p{L}\p{N}_./[\]?-]+)(\+*\*?)$/u;

/** An unquoted tag; Dagster allows no other characters in one. */
const bareTag = /^tag:([A-Za-z0-9_./-]+)(?:=([A-Za-z0-9_.-]*))?$/;

/**
 * Parses the forms that Dagster accepts where a text is not an expression: a bare key, and `tag:` with characters
 * that otherwise need quotes. Null for anything else.
 */
export function parseBareKey(text: string): SelectionExpression | null {
  const trimmed = text.trim();
  const [, above, path, below] = bareKey.exec(trimmed) ?? [];
  if (path !== undefined) {
    const start = text.indexOf(trimmed) + (above ?? "").length;
    const asset = { type: "asset", path, range: { start, end: start + path.length } } as const;
    const up = depthOf(above ?? "");
    const down = depthOf(below ?? "");
    return up === null && down === null ? asset : { type: "traversal", operand: asset, up, down };
  }
  const [, key, value] = bareTag.exec(text) ?? [];
  if (key === undefined) return null;
  const keyRange = { start: 4, end: 4 + key.length };
  const valueRange = value === undefined ? null : { start: keyRange.end + 1, end: text.length };
  return { type: "tag", key, value: value ?? "", keyRange, valueRange };
}

function depthOf(part: string): TraversalDepth | null {
  if (part === "") return null;
  return part.includes("*") ? "all" : part.length;
}
