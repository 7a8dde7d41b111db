/** A way to change one value in a response. */
export const mutationKinds = [
  "null",
  "absent",
  "other type",
  "empty",
  "huge",
  "__proto__",
  "20,000 deep",
] as const;

export type MutationKind = (typeof mutationKinds)[number];

/** A position in a response. */
export type JsonPath = readonly (string | number)[];

/** One changed value in one response. */
export interface AnswerMutation {
  /** Method, path and query of the request; all of its responses are changed. */
  readonly request: string;
  readonly at: JsonPath;
  readonly kind: MutationKind;
  /** Selects one of several values of a kind, from 0 up to 1. */
  readonly variant: number;
}

const deepJson = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
const hugeText = JSON.stringify("x".repeat(1_500_000));
const longText = JSON.stringify("long ".repeat(20_000));

/** The positions in a response that may be changed: of rows with their values, and of the list of rows itself. */
export function mutablePaths(json: unknown): readonly JsonPath[] {
  const found: JsonPath[] = [];
  const isPage = isRecord(json) && Array.isArray(json["entries"]);
  const root: JsonPath = isPage ? ["entries"] : [];
  if (isPage) found.push(root);
  const rows = isPage ? json["entries"] : json;
  const visit = (value: unknown, path: JsonPath): void => {
    found.push(path);
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else if (isRecord(value)) for (const [name, item] of Object.entries(value)) visit(item, [...path, name]);
  };
  if (Array.isArray(rows)) for (const [index, row] of rows.entries()) visit(row, [...root, index]);
  else visit(rows, root);
  return found;
}

/** Whether a mutation changes a row or a part of it, not the list of rows. */
export function isInRow({ at }: AnswerMutation): boolean {
  return at.length > 1 || (at.length === 1 && at[0] !== "entries");
}

/** The text of a response with one changed value. */
export function mutateAnswer(text: string, { at, kind, variant }: AnswerMutation): string {
  const json: unknown = JSON.parse(text);
  const value = at.reduce(childOf, json);
  const name = at.at(-1);
  const marker = "mutated-value-of-this-test";
  const replacement = mutated(value, kind, variant);
  if (name === undefined) return replacement ?? "null";
  const parent = at.slice(0, -1).reduce(childOf, json) as Record<string | number, unknown>;
  if (replacement !== null) parent[name] = marker;
  else if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else delete parent[name];
  return JSON.stringify(json).replace(JSON.stringify(marker), () => replacement ?? "");
}

/** The new value as JSON; null to remove the value. */
function mutated(value: unknown, kind: MutationKind, variant: number): string | null {
  switch (kind) {
    case "null":
      return "null";
    case "absent":
      return null;
    case "other type":
      return otherType(value, variant);
    case "empty":
      return Array.isArray(value) ? "[]" : isRecord(value) ? "{}" : '""';
    case "huge":
      if (Array.isArray(value)) return `[${Array.from({ length: 20_000 }, () => "7").join()}]`;
      return typeof value === "number" ? "1e300" : variant < 0.5 ? hugeText : longText;
    case "__proto__": {
      const polluted = '"__proto__":{"name":7,"type":"table","isArchived":true,"path":"polluted"}';
      if (!isRecord(value)) return '"__proto__"';
      return `{${polluted}${Object.keys(value).length === 0 ? "" : `,${JSON.stringify(value).slice(1, -1)}`}}`;
    }
    case "20,000 deep":
      return deepJson;
  }
}

function otherType(value: unknown, variant: number): string {
  const types = ["7", "true", '"text"', '["text"]', '{"text":"text"}'];
  const own =
    typeof value === "number" ? 0 : typeof value === "boolean" ? 1 : typeof value === "string" ? 2 : 3;
  const others = types.filter((_, index) => index !== (own === 3 && isRecord(value) ? 4 : own));
  return others[Math.floor(variant * others.length)] ?? "7";
}

function childOf(value: unknown, step: string | number): unknown {
  return (value as Record<string | number, unknown>)[step];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
