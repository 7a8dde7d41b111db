/**
 * A node of the syntax tree of `@guanmingchiu/sqlparser-ts` 0.62: the JSON that the Rust parser writes. A variant of an
 * enum is an object with one key, the name of the variant.
 */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** Null for anything but an object. */
export function nodeOf(value: unknown): SyntaxNode | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as SyntaxNode) : null;
}

/** The child node at a key. Null when there is none. */
export function child(node: SyntaxNode | null, key: string): SyntaxNode | null {
  return nodeOf(node?.[key]);
}

/** The child nodes of the list at a key. */
export function children(node: SyntaxNode | null, key: string): readonly SyntaxNode[] {
  return nodesOf(node?.[key]);
}

export function nodesOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.map(nodeOf).filter((each) => each !== null) : [];
}

/** The text of `{ "value": "name", "quote_style": … }`. The parser splits a BigQuery name in backticks at its dots. */
export interface IdentifierNode {
  readonly text: string;
}

export function identifierOf(value: unknown): IdentifierNode | null {
  const node = nodeOf(value);
  const text = node?.["value"];
  return typeof text === "string" ? { text } : null;
}

/** The parts of a name: a list of `{ "Identifier": … }`. */
export function nameParts(value: unknown): readonly IdentifierNode[] {
  return nodesOf(value).flatMap((part) => identifierOf(part["Identifier"]) ?? []);
}
