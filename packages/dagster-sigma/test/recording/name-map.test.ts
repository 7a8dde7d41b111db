import { cleanName } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { NameMap } from "../../src/recording/renaming/name-map.ts";

/** What Sigma and Dagster compare of names. */
const comparisons: Readonly<Record<string, (name: string) => string>> = {
  exactly: (name) => name,
  "ignoring case": (name) => name.toLowerCase(),
  "as Sigma displays them": (name) => friendly(name),
  "as asset keys": cleanName,
  "as keys of tables": (name) => cleanName(name.toLowerCase()),
};

function friendly(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_/-]+/g, " ")
    .trim();
}

/** `Customer Id` for `CUSTOMER_ID`. */
function shown(name: string): string {
  const words = name.split(/[_/\s-]+/).filter((word) => word !== "");
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`).join(" ");
}

/** All combinations of words and separators, in several cases. */
function* allNames(): Generator<string> {
  const words = [
    "ab",
    "Ab",
    "AB",
    "aB",
    "x",
    "X",
    "q3",
    "2",
    "2nd",
    "2ND",
    "date",
    "DATE",
    "été",
    "Été",
    "äöl",
    "Äöl",
    "ÄÖL",
    "売上",
  ];
  const gaps = ["", " ", "_", "-", "/", " - ", ".", " (", "__", "\t", "] "];
  for (const first of words) {
    yield first;
    yield ` ${first}`;
    yield `${first}!`;
    for (const gap of gaps) for (const second of words) yield `${first}${gap}${second}`;
  }
  yield* [
    "***",
    "*",
    "",
    "📈 a",
    "a 📈",
    "Custom SQL",
    "CUSTOM_SQL",
    "Union of 3 Sources",
    "a\\b",
    "row_number",
    "Row Number",
  ];
}

describe("renamed names", () => {
  const names = [...new Set(allNames())];
  const map = new NameMap();
  const renamed = new Map(names.map((name) => [name, map.rename(name)]));

  it.each(Object.entries(comparisons))("are equal %s if the names are", (_, compare) => {
    expect(names.length).toBeGreaterThan(3_000);
    const before = classes(names, compare);
    const after = classes(names, (name) => compare(renamed.get(name) ?? ""));
    expect(after).toEqual(before);
  });

  it("are displayed as the displayed names are renamed", () => {
    const wrong = names.filter((name) => shown(renamed.get(name) ?? "") !== map.rename(shown(name)));
    expect(wrong).toEqual([]);
  });

  it("have nothing in common with the names, except words of SQL and punctuation", () => {
    const kept = names.filter((name) => renamed.get(name) === name && /[\p{L}\p{N}]/u.test(name));
    expect(
      kept.filter((name) => !/^[^a-z]*(date|custom.sql|row.number|union of 3 sources)[^a-z]*$/i.test(name)),
    ).toEqual([]);
  });
});

/** The groups of names that are equal in a comparison. */
function classes(
  names: readonly string[],
  compare: (name: string) => string,
): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const name of names) groups.set(compare(name), [...(groups.get(compare(name)) ?? []), name]);
  return [...groups.values()];
}
