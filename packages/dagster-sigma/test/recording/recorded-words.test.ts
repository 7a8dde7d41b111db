import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import type { RawAnswer } from "@dagster-sigma/sigma-client";
import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { Recording } from "../../src/recording/recording.ts";
import { formulaFunctions, formulaWords } from "../../src/recording/renaming/formula-functions.ts";
import { sqlWords } from "../../src/recording/renaming/sql-words.ts";
import { routeTable } from "../../src/recording/routes/route-table.ts";
import { canaryObject, formCount } from "./canary-answers.ts";

/** The titles of the rules of each field, in any row. */
const titlesByField = new Map<string, Set<string>>();
for (const { name, fields } of Object.values(routeTable).flatMap(({ rows }) => rows))
  for (const [field, { title }] of Object.entries(fields)) {
    expect(title, `${name}.${field}`).not.toBe("");
    titlesByField.set(field, (titlesByField.get(field) ?? new Set()).add(title));
  }

/** Words of texts, in lower case. */
const plainWords = new Set([
  ...sqlWords.flatMap((word) => word.split("_")),
  ..."custom sql union sources connection root my documents user folder text stage control e r b n x u".split(
    " ",
  ),
]);
const formulaOnly = new Set([...formulaFunctions, ...formulaWords, "word", "function"]);
const codeOfWord = /^(?:(?:name|part|n|p)\d+|\d+(?:name|word)?|column\d{1,2})$/;
const letters = /^[\x20-\x7e\t\n\r\u00a0α-ωΑ-Ωա-ֆԱ-Ֆぁ-ん]*$/u;

const idForm = /^(?:inode-)?(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{8,28})(?:\/[\w-]{8,24})?$/;
const forms: Readonly<Record<string, (text: string) => boolean>> = {
  id: (text) => idForm.test(text),
  "id, or id and name": (text) => {
    const [id = "", ...name] = text.split("/");
    return (idForm.test(id) && hasOnlyKnownWords(name.join("/"))) || hasOnlyKnownWords(text);
  },
  "name, or id of custom SQL": (text) => idForm.test(text) || hasOnlyKnownWords(text),
  name: hasOnlyKnownWords,
  names: hasOnlyKnownWords,
  SQL: hasOnlyKnownWords,
  formula: (text) => hasOnlyKnownWords(text, formulaOnly),
  time: (text) => text === "no time" || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text),
  "e-mail address": (text) => /^member-[0-9a-f]{10}(?:@example\.com)?$/.test(text),
  "`text`": (text) => text === "text",
  kept: (text) => text === "text" || text === "true" || text === "false",
  "URL with the kind of page and the id": (text) =>
    /^https:\/\/app\.sigmacomputing\.com\/organization\/(?:workbook|data-model|report|b|s|page)\/[\w-]*$/.test(
      text,
    ),
  "kept if it is an IANA time zone": (text) => text === "text" || /^Europe\/Lisbon$/.test(text),
  "kept if it is a cron expression": (text) => text === "text" || /^[\d*/ ]+$/.test(text),
};

function hasOnlyKnownWords(text: string, more: ReadonlySet<string> = new Set()): boolean {
  if (!letters.test(text)) return false;
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.every((word) => codeOfWord.test(word) || plainWords.has(word) || more.has(word));
}

/** The texts of a recorded body that have none of the forms that the rules of their fields allow. */
function* unexplained(value: unknown, field: string): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* unexplained(item, field);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const isKnown =
        titlesByField.has(key) ||
        /^(?:unknown\d+(?:Id)?|deep|entries|nextPage|nextPageToken|hasMore|total|requestId|message|code)$/.test(
          key,
        );
      if (!isKnown && !(field === "dependencies" && idForm.test(key))) yield `key ${key} in ${field}`;
      yield* unexplained(inner, key);
    }
  } else if (typeof value === "string" && value !== "" && !isExplained(value, field))
    yield `${field}: ${value}`;
}

function isExplained(text: string, field: string): boolean {
  const titles = titlesByField.get(field) ?? new Set(["id", "`text`", "kept"]);
  if (text === "text" || /^other-\d+$/.test(text)) return true;
  return [...titles].some((title) =>
    title
      .split(", or ")
      .concat(title)
      .some((part) => {
        const rule = part.replace(/^list: /, "");
        return (
          forms[rule]?.(text) ??
          (rule.startsWith("one of") && rule.toLowerCase().includes(`\`${text.toLowerCase()}\``))
        );
      }),
  );
}

function unexplainedIn(answers: readonly RawAnswer[]): readonly string[] {
  const recording = new Recording();
  for (const answer of answers) recording.add(answer);
  const lines = recording.lines.map((line) => JSON.parse(line) as { readonly body?: unknown });
  expect(lines.length).toBeGreaterThan(50);
  return [...new Set(lines.flatMap(({ body }) => [...unexplained(body, "")]))];
}

describe("every text of a recording has a form that the table of fields allows", () => {
  it("for a generated organization", async () => {
    const answers: RawAnswer[] = [];
    const sandbox = await startSandbox({ organization: generateOrganization({ workbooks: 15, seed: 12 }) });
    const sigma = new SigmaOrganization({ ...sandbox, onAnswer: (answer) => answers.push(answer) });
    await loadSigmaAssetSpecs(sigma, { materializationSchedules: true, spec: true, fetchBadges: true });
    await sandbox.close();
    expect(unexplainedIn(answers)).toEqual([]);
  });

  it("for answers with canaries in all fields", () => {
    // One route for each kind of row; names, URLs, SQL and formulas in all fields.
    const routes = new Map(
      Object.entries(routeTable).map(([route, rule]) => [rule.rows[0]?.name, { route, rule }]),
    );
    const answers = [...routes.values()].flatMap(({ route, rule }) => {
      const [method = "", path = ""] = route.replaceAll("{id}", "x").split(" ");
      return [2, 6, formCount - 2, formCount - 1].map((form) => ({
        method,
        url: `https://sigma.example${path}`,
        status: 200,
        errorCause: null,
        text: JSON.stringify(
          rule.title.startsWith("rows") ? { entries: [canaryObject(form)] } : canaryObject(form),
        ),
      }));
    });
    expect(unexplainedIn(answers)).toEqual([]);
  });
});
