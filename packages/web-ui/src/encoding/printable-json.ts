import { printableLines } from "@dagster-sigma/foundation";

/** Characters that are shown as symbols, as they are in JSON; most texts have none. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\\u00[01]|\\u[dD][89a-fA-F]|\\[bfr]/u;

/** Names of fields that identify an object or are opened, and are not only shown. */
const unchanged: ReadonlySet<string> = new Set(["key", "path", "url"]);

/**
 * JSON of texts for the page, with symbols instead of control and bidirectional characters. The identity of an asset is
 * unchanged.
 */
export function printableJson(value: object): string {
  const text = JSON.stringify(value);
  if (!unprintable.test(text)) return text;
  const identities = new Set<unknown>();
  return JSON.stringify(value, function (this: unknown, name, part: unknown) {
    if (unchanged.has(name)) identities.add(part);
    const isIdentity = unchanged.has(name) || identities.has(this);
    return typeof part === "string" && !isIdentity ? printableLines(part) : part;
  });
}
