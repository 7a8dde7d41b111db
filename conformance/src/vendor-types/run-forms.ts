import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { VendorTypes } from "./answer-type.ts";
import { type AskedRoutes, documentedLosses, formsOfRoutes, loadForms } from "./load-forms.ts";

/** Maximum number of loads for the forms of one route. */
const maxLoads = 60;

/**
 * Serves every form that the vendor's types give the rows of a route, route by route, until each was in a load.
 *
 * @returns what is not as expected
 */
export async function runForms(print: (text: string) => void): Promise<readonly string[]> {
  const types = new VendorTypes();
  const organization = generateOrganization({ workbooks: 40, seed: 4, profile: "full" });
  const problems: string[] = [];
  print("\nForms of rows that Sigma's OpenAPI types (sigma-computing-rest-api-sdk 0.1.1) allow\n");
  print("| route | asked | forms | in a load | loads | diagnostics of the loads |");
  print("|---|---|---|---|---|---|");
  for (const asked of ["first", "fallback"] satisfies AskedRoutes[]) {
    const usual = await loadForms(organization, asked, new Map());
    const expected = new Set(usual.diagnostics.map(({ code }) => code));
    for (const [route, forms] of formsOfRoutes(types, usual.answered)) {
      const count = forms.length;
      const others = new Set<string>();
      let loads = 0;
      for (let left = -1; forms.length > 0 && forms.length !== left && loads < maxLoads; loads++) {
        left = forms.length;
        const load = await loadForms(organization, asked, new Map([[route, forms]]));
        for (const { code } of load.diagnostics) if (!expected.has(code)) others.add(code);
      }
      for (const code of others) if (!(code in documentedLosses)) problems.push(`${route}: ${code}`);
      print(
        `| ${[`\`${route}\``, asked, count, count - forms.length, loads, [...others].join(", ")].join(" | ")} |`,
      );
    }
  }
  return problems;
}
