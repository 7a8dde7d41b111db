import { readTables } from "@dagster-sigma/sql-lineage/tables";
import type { NameMap } from "./name-map.ts";

/** Fields whose values are enumerations defined by Sigma. */
const enumerated: ReadonlySet<string> = new Set([
  "type",
  "vizualizationType",
  "permission",
  "migrationStatus",
  "status",
  "visibility",
  "code",
  "badge",
  "userKind",
  "hasMore",
  "cronSpec",
  "timezone",
]);
const dates = /(At|Date)$/;
const identities = /(Id|Ids|By|urlId)$|^(id|owner|ownerId|nodeId|source|target|inodeId)$/;
const paths = new Set(["path"]);
const sqlFields = new Set(["sql", "definition"]);

/** Replaces every name, text, id and URL in an answer; shapes, types, counts, flags and dates remain. */
export function anonymize(value: unknown, names: NameMap, field = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => anonymize(each, names, field));
  if (typeof value === "object" && value !== null)
    return anonymizeObject(value as Readonly<Record<string, unknown>>, names, field);
  return typeof value === "string" ? anonymizeText(value, names, field) : value;
}

function anonymizeObject(
  object: Readonly<Record<string, unknown>>,
  names: NameMap,
  field: string,
): Readonly<Record<string, unknown>> {
  const replaced = Object.entries(object).map(([key, inner]) => [
    // Lineage nodes are keyed by id.
    field === "dependencies" ? names.id(key) : key,
    anonymize(inner, names, key),
  ]);
  return { ...Object.fromEntries(replaced), ...exceptions(object, names) };
}

/** Fields where a name is an id, or an id a name. */
function exceptions(
  { type, name, label, columnId }: Readonly<Record<string, unknown>>,
  names: NameMap,
): Readonly<Record<string, unknown>> {
  // Elements reference custom SQL by the value that its row has as a name.
  if (typeof type === "string" && type.toLowerCase() === "customsql" && typeof name === "string")
    return { name: names.id(name) };
  // The id of a passed-through SQL column is its real name.
  const shown = name ?? label;
  if (typeof columnId === "string" && typeof shown === "string" && names.isAlike(columnId, shown))
    return { columnId: names.name(columnId) };
  return {};
}

function anonymizeText(text: string, names: NameMap, field: string): string {
  if (text === "" || enumerated.has(field)) return text;
  if (dates.test(field) && !Number.isNaN(Date.parse(text))) return text;
  if (field === "nextPage" || field === "nextPageToken") return /^\d+$/.test(text) ? text : names.id(text);
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return names.email(text);
  if (field === "url" || field === "dataModelUrl") return anonymizeUrl(text, names);
  if (sqlFields.has(field)) return anonymizeSql(text, names);
  if (field === "formula") return anonymizeFormula(text, names);
  if (paths.has(field)) return names.path(text);
  if (identities.test(field)) return names.id(text);
  return names.name(text);
}

/** Keeps the kind of page and the id; replaces the organization and the slug. */
function anonymizeUrl(text: string, names: NameMap): string {
  const parts = text.split("/");
  const id = parts.at(-1)?.split("?", 1)[0] ?? "";
  return `https://app.sigmacomputing.com/organization/${parts.at(-2) ?? "page"}/${names.id(id)}`;
}

/** A statement that reads the same tables; everything else is removed. */
function anonymizeSql(text: string, names: NameMap): string {
  const tables = readTables(text).map((name) =>
    name
      .map((part) => names.name(part))
      .map(quoted)
      .join("."),
  );
  return tables.length === 0 ? "select 1" : `select * from ${tables.join(", ")}`;
}

function quoted(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name}"`;
}

/** Keeps references and functions; removes quoted text. */
function anonymizeFormula(text: string, names: NameMap): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"/g, '"text"')
    .replace(/\[((?:[^\]\\]|\\.)*)\]/g, (_, inner: string) => {
      const parts = inner.match(/(?:[^/\\]|\\.)+/g) ?? [];
      return `[${parts.map((part) => names.name(part.replace(/\\(.)/g, "$1"))).join("/")}]`;
    });
}
