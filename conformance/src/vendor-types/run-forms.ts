import {
  buildSampleCompany,
  generateOrganization,
  type Organization,
  shapes,
} from "@dagster-sigma/sigma-sandbox";
import { VendorTypes } from "./answer-type.ts";
import { type AskedRoutes, documentedLosses, formsOfRoutes, loadForms } from "./load-forms.ts";
import type { RowForm } from "./row-forms.ts";

/**
 * Serves every form that the vendor's types give the rows of a route, route by route, until each was in a load.
 *
 * @returns what is not as expected
 */
export async function runForms(print: (text: string) => void): Promise<readonly string[]> {
  const types = new VendorTypes();
  const served = new Map<string, ServedForms>();
  for (const organization of [
    generateOrganization({ workbooks: 40, seed: 4, profile: "full" }),
    // These have what the generated one lacks: unlisted data models, and data models that read others.
    buildSampleCompany(),
    ...shapes().flatMap(({ name, organization: own }) => (name === "diamond" ? [own] : [])),
  ])
    for (const asked of ["first", "fallback", "elements"] satisfies AskedRoutes[])
      await serveAll(types, organization, asked, served);
  print("\nForms of rows that Sigma's OpenAPI types (sigma-computing-rest-api-sdk 0.1.1) allow\n");
  print("| route | forms | in a load | loads | diagnostics that only these loads have |");
  print("|---|---|---|---|---|");
  const problems: string[] = [];
  for (const [route, { count, waiting, loads, codes }] of served) {
    const cells = [`\`${route}\``, count, count - waiting.length, loads, [...codes].join(", ")];
    print(`| ${cells.join(" | ")} |`);
    if (waiting.length > 0) problems.push(`${route}: not in a load: ${waiting.map(({ name }) => name)}`);
    for (const code of codes) if (!(code in documentedLosses)) problems.push(`${route}: ${code}`);
  }
  return problems;
}

interface ServedForms {
  readonly count: number;
  readonly waiting: RowForm[];
  loads: number;
  readonly codes: Set<string>;
}

/** Serves the forms that are still waiting, as far as an organization has rows for them. */
async function serveAll(
  types: VendorTypes,
  organization: Organization,
  asked: AskedRoutes,
  served: Map<string, ServedForms>,
): Promise<void> {
  const usual = await loadForms(organization, asked, new Map());
  const expected = new Set(usual.diagnostics.map(({ code }) => code));
  for (const [route, forms] of formsOfRoutes(types, usual.answered)) {
    const found = served.get(route) ?? { count: forms.length, waiting: forms, loads: 0, codes: new Set() };
    served.set(route, found);
    const { waiting, codes } = found;
    for (let left = -1; waiting.length > 0 && waiting.length !== left; found.loads++) {
      left = waiting.length;
      for (const code of await codesOf(organization, asked, route, waiting))
        if (!expected.has(code)) codes.add(code);
    }
  }
}

/** The diagnostics of a load, or the error that ends it. */
async function codesOf(
  organization: Organization,
  asked: AskedRoutes,
  route: string,
  waiting: RowForm[],
): Promise<readonly string[]> {
  try {
    const { diagnostics } = await loadForms(organization, asked, new Map([[route, waiting]]));
    return diagnostics.map(({ code }) => code);
  } catch (thrown) {
    return [`the load ends: ${thrown instanceof Error && "code" in thrown ? thrown.code : thrown}`];
  }
}
