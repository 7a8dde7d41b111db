import type { JsonValue } from "@dagster-sigma/asset-graph";

/** Keys that Dagster interprets as markers of its own at any depth, even inside user data. */
const marks: ReadonlySet<string> = new Set([
  "__class__",
  "__enum__",
  "__set__",
  "__frozenset__",
  "__mapping_items__",
]);

/**
 * Escapes a key of user data for the wire. Unescaped, `__class__` in a metadata value would make the whole code
 * location fail to load (dagster 1.13.27, `_serdes/serdes.py`).
 */
function escapeReservedKey(key: string): string {
  return marks.has(key) ? `user:${key}` : key;
}

/** A record of user data with reserved keys escaped. */
export function escapeReservedKeys<Value>(
  record: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  if (!Object.keys(record).some((key) => marks.has(key))) return record;
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [escapeReservedKey(key), value]));
}

/** Tags with reserved keys escaped; Dagster allows no colon in tag keys. */
export function escapeReservedTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!Object.keys(tags).some((key) => marks.has(key))) return tags;
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [marks.has(key) ? `user.${key}` : key, value]),
  );
}

/** JSON from users with reserved keys escaped at every depth. */
export function escapeReservedKeysDeep(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(escapeReservedKeysDeep);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [escapeReservedKey(key), escapeReservedKeysDeep(inner)]),
  );
}
