import { generateOrganization, type Organization } from "@dagster-sigma/sigma-sandbox";
import { type LoadOptions, wholeOrganization } from "./load-case.ts";

/** An organization and the options with which it is loaded. */
export interface ConformanceCase {
  readonly name: string;
  readonly organization: Organization;
  readonly options: LoadOptions;
}

/** Variants of load options for an organization. */
const ways: readonly (readonly [name: string, options: (organization: Organization) => LoadOptions])[] = [
  ["whole", () => wholeOrganization],
  ["no columns", () => ({ ...wholeOrganization, fetchColumnData: false })],
  ["no lineage", () => ({ ...wholeOrganization, fetchLineageData: false })],
  [
    "folder filter",
    ({ workbooks }) =>
      filtered({ workbookFolders: [upperCase(pathOf(workbooks[0]).slice(0, 1)), pathOf(workbooks[5])] }),
  ],
  [
    "workbook filter",
    ({ workbooks }) =>
      filtered({
        workbooks: [workbooks[1], workbooks[7]].map((workbook) => [
          ...pathOf(workbook),
          workbook?.name.toLowerCase() ?? "",
        ]),
      }),
  ],
  [
    "unused left out",
    ({ workbooks }) =>
      filtered({ workbookFolders: [pathOf(workbooks[2]).slice(0, 1)], includeUnusedDatasets: false }),
  ],
];

/** Generated organizations that the reference can load, with 8 to 40 workbooks, each with one of the variants. */
export function* generatedCases(count: number): Generator<ConformanceCase> {
  for (let seed = 1; seed <= count; seed++) {
    const workbooks = 8 + ((seed * 7) % 33);
    const organization = generateOrganization({ workbooks, seed, profile: "legacy" });
    const [name, options] = ways[seed % ways.length] ?? ["whole", () => wholeOrganization];
    yield {
      name: `seed ${seed}, ${workbooks} workbooks, ${name}`,
      organization,
      options: options(organization),
    };
  }
}

function filtered(filter: Partial<LoadOptions["filter"]>): LoadOptions {
  return { ...wholeOrganization, filter: { ...wholeOrganization.filter, ...filter } };
}

function pathOf(workbook: Organization["workbooks"][number] | undefined): readonly string[] {
  return (workbook?.path ?? "").split("/");
}

/** Both sides match case-insensitively. */
function upperCase(path: readonly string[]): readonly string[] {
  return path.map((name) => name.toUpperCase());
}
