import fc from "fast-check";
import type { JudgedAsset } from "../src/dagster/selection-judge.ts";

const keys = [
  ["orders"],
  ["Orders"],
  ["sales", "orders"],
  ["sales", "orders_eu"],
  ["sales/orders"],
  ["db", "raw", "orders"],
  ["my-asset"],
  ["Board - Q3 [draft]"],
  ["売上"],
  ["job"],
  ["a"],
  ["and"],
] as const;
const groups = [null, "default", "sales", "sales/eu", "Sales"] as const;
const owners = ["ada@harbor.example", "team:bi", "team:sensor"] as const;
const kinds = ["sigma", "dbt", "job"] as const;
const tags = ["domain", "acme/tier", "job", "a.b-c"] as const;
const tagValues = ["", "finance", "v1.2"] as const;

/**
 * Acyclic graphs of up to all of the keys; each asset depends on some preceding ones, and possibly on one that
 * nothing defines.
 */
export function graphs(options: { readonly external: boolean }): fc.Arbitrary<readonly JudgedAsset[]> {
  const attributes = fc.record({
    group: fc.constantFrom(...groups),
    owners: fc.subarray([...owners]),
    kinds: fc.subarray([...kinds]),
    tags: fc.dictionary(fc.constantFrom(...tags), fc.constantFrom(...tagValues), { maxKeys: 3 }),
    external: options.external ? fc.boolean() : fc.constant(false),
  });
  return fc
    .shuffledSubarray([...keys], { minLength: 3 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((key, index) =>
          fc.record({
            key: fc.constant(key),
            attributes,
            deps: fc.subarray(chosen.slice(0, index), { maxLength: Math.min(index, 3) }),
            stub: options.external ? fc.boolean() : fc.constant(false),
          }),
        ),
      ),
    )
    .map((assets) =>
      assets.map(({ key, attributes, deps, stub }) => ({
        key,
        ...attributes,
        deps: stub ? [...deps, ["elsewhere"]] : deps,
      })),
    );
}

const keyTexts = keys.map((key) => key.join("/"));
const patterns = ["*", "**", "*o*", "sales/*", "*orders", "o*s", "ORDERS", "s*/*e*", "", "elsewhere"];

/** A value with or without quotes; not always one that is valid without. */
function written(...values: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...values), fc.integer({ min: 0, max: 3 }))
    .map(([value, choice]) => (choice === 0 ? value : `"${value}"`));
}

const tagKeys = [...tags, "dagster/kind/dbt", "unknown"];
const attribute = fc.oneof(
  { weight: 4, arbitrary: written(...keyTexts, ...patterns).map((value) => `key:${value}`) },
  written("sales", "sales/*", "*", "default", "SALES", "").map((value) => `group:${value}`),
  written(...owners, "bi", "ADA@harbor.example").map((value) => `owner:${value}`),
  written(...kinds, "Sigma").map((value) => `kind:${value}`),
  written(...tagKeys).map((key) => `tag:${key}`),
  fc.tuple(written(...tagKeys), written(...tagValues)).map(([key, value]) => `tag:${key}=${value}`),
  written("external", "materializable").map((value) => `is:${value}`),
  fc.constantFrom("kind:<null>", "group:<null>", "tag:domain=<null>"),
  fc.constantFrom('column:"x"', "table_name:x", "status:healthy", 'code_location:"x"', "sensor:x", "job:job"),
);

const { expression } = fc.letrec<Record<"expression" | "operand" | "walked", string>>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small" },
    tie("operand"),
    fc
      .array(fc.tuple(fc.constantFrom("and", "or", "AND", "OR"), tie("operand")), {
        minLength: 1,
        maxLength: 3,
      })
      .chain((rest) => tie("operand").map((first) => [first, ...rest.flat()].join(" "))),
  ),
  operand: fc.oneof(
    { depthSize: "small" },
    fc.constant("*"),
    tie("walked"),
    tie("walked"),
    tie("operand").map((operand) => `not ${operand}`),
  ),
  walked: fc
    .tuple(
      fc.constantFrom("", "", "", "+", "1+", "02 + "),
      fc.oneof(
        { depthSize: "small" },
        attribute,
        attribute,
        tie("expression").map((inside) => `(${inside})`),
        tie("expression").map((inside) => `sinks(${inside})`),
        tie("expression").map((inside) => `roots( ${inside} )`),
      ),
      fc.constantFrom("", "", "", "+", "+1", " + 0"),
    )
    .map((parts) => parts.join("")),
}));

const bare = fc
  .tuple(
    fc.constantFrom("", "+", "++", "*", "*+"),
    fc.constantFrom(...keyTexts, "nowhere", "a.b", "a//b", "/", "not"),
    fc.constantFrom("", "+", "++", "*", "+*", "*+", "+2"),
  )
  .map((parts) => parts.join(""));

/** Mostly valid expressions, and bare keys. */
export const selections: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: expression },
  { weight: 1, arbitrary: bare },
);

const pieces = [
  ...[
    "and",
    "or",
    "not",
    "And",
    "(",
    ")",
    "+",
    "1",
    "*",
    ":",
    "=",
    ",",
    '"',
    '""',
    "<null>",
    "<",
    "key:",
    "tag:",
  ],
  ...[
    "is:",
    "owner",
    "sinks(",
    "roots",
    " ",
    "\n",
    "\t",
    "\\",
    ".",
    "-",
    "/",
    "_",
    "ä",
    "'",
    "a",
    "key:a",
    "job",
  ],
];

/** Selections with parts removed, duplicated, swapped or inserted. */
export const mutatedSelections: fc.Arbitrary<string> = fc
  .tuple(
    selections,
    fc.array(
      fc.tuple(fc.nat({ max: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...pieces)),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  )
  .map(([text, changes]) => changes.reduce(mutate, text));

function mutate(text: string, [how, where, piece]: readonly [number, number, string]): string {
  const at = Math.floor(where * text.length);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  if (how === 0) return before + piece + after;
  if (how === 1) return before + after.slice(1 + (at % 4));
  if (how === 2) return before + after.slice(0, 5) + after;
  return before + piece + after.slice(1);
}
