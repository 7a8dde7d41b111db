import type { Diagnostic } from "@dagster-sigma/foundation";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { type Organization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import type { VendorTypes } from "./answer-type.ts";
import { type RowForm, rowFormsOf } from "./row-forms.ts";
import { serveForms } from "./serve-forms.ts";

/**
 * The routes that a load asks first, those that it asks where lineage, elements and columns of whole documents are
 * refused, and those that it asks where sources are refused as well.
 */
export type AskedRoutes = "first" | "fallback" | "elements";

/** A load of an organization whose answers have other forms. */
export interface FormsLoad {
  readonly assets: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Routes that answered. */
  readonly answered: ReadonlySet<string>;
}

const ofDocuments = (...parts: readonly string[]): readonly string[] =>
  parts.flatMap((part) => [`/v2/workbooks/{workbookId}/${part}`, `/v2/dataModels/{dataModelId}/${part}`]);

const refusedRoutes: Readonly<Record<AskedRoutes, readonly string[]>> = {
  first: [],
  fallback: ofDocuments("elements", "columns", "lineage"),
  elements: ofDocuments("elements", "columns", "lineage", "sources"),
};

/**
 * Loads an organization with every option that asks for more.
 *
 * @param forms forms to serve, by route; served ones are removed
 */
export async function loadForms(
  organization: Organization,
  asked: AskedRoutes,
  forms: ReadonlyMap<string, RowForm[]>,
): Promise<FormsLoad> {
  const variants = [...forms].map(([route, waiting]) => ({ variant: serveForms(route, waiting) }));
  const sandbox = await startSandbox({ organization, variants });
  for (const route of refusedRoutes[asked])
    sandbox.faults.add({ route, fault: { kind: "status", status: 404 } });
  try {
    const { baseUrl, clientId, clientSecret } = sandbox;
    const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret, retryLimits: { baseDelayMs: 1 } });
    const specs = await loadSigmaAssetSpecs(sigma, {
      workbookColumns: true,
      materializationSchedules: true,
      fetchBadges: true,
      rawMetadata: true,
      customSql: true,
    });
    return {
      assets: specs.length,
      diagnostics: sigma.loadReports.flatMap((report) => report.diagnostics),
      answered: new Set(sandbox.log.requests.flatMap(({ route, status }) => (status === 200 ? [route] : []))),
    };
  } finally {
    await sandbox.close();
  }
}

/** The forms of the rows of routes, by route; none of routes that the types lack. */
export function formsOfRoutes(types: VendorTypes, routes: Iterable<string>): Map<string, RowForm[]> {
  const found = [...routes].flatMap((route): readonly (readonly [string, RowForm[]])[] => {
    const type = types.responseTo(route);
    return type === null ? [] : [[route, [...rowFormsOf(route, type)]]];
  });
  return new Map(found);
}

/**
 * What a load may say about forms that the types document: they leave something out that nothing else describes. No
 * form may be unreadable.
 */
export const documentedLosses: Readonly<Record<string, string>> = {
  COLUMN_LINEAGE_INCOMPLETE: "an element without `sourceIds`, whose formulas name a source",
  SOURCE_UNRESOLVED: "custom SQL without `name`, by which elements refer to it",
  DATASET_SOURCES_UNAVAILABLE: "a query without `sql`",
  SOURCE_KIND_UNKNOWN: "a node of an element's lineage, whose type is any text",
  CUSTOM_SQL_WITHOUT_TEXT: "the lineage of single elements, which has no SQL",
};
