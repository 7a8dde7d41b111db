/**
 * A node of the tree that `@guanmingchiu/sqlparser-ts` 0.62 gives: JSON as the Rust parser writes it. A node of several
 * kinds is an object with one key, the name of its kind.
 */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** Null for what is no object. */
export function nodeOf(value: unknown): SyntaxNode | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as SyntaxNode) : null;
}

/** What lies under a key of a node; null when it is no object. */
export function child(node: SyntaxNode | null, key: string): SyntaxNode | null {
  return nodeOf(node?.[key]);
}

/** The nodes of a list under a key. */
export function children(node: SyntaxNode | null, key: string): readonly SyntaxNode[] {
  return nodesOf(node?.[key]);
}

export function nodesOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.map(nodeOf).filter((each) => each !== null) : [];
}

/** Text of `{ "value": "name" }`, with how it was quoted. */
export interface IdentifierNode {
  readonly text: string;
  readonly quote: string | null;
}

export function identifierOf(value: unknown): IdentifierNode | null {
  const node = nodeOf(value);
  const text = node?.["value"];
  if (typeof text !== "string") return null;
  const quote = node?.["quote_style"];
  return { text, quote: typeof quote === "string" ? quote : null };
}

/** The parts of a name: a list of `{ "Identifier": … }`. */
export function nameParts(value: unknown): readonly IdentifierNode[] {
  return nodesOf(value).flatMap((part) => identifierOf(part["Identifier"]) ?? []);
}
