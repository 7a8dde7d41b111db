import type { OrganizationState, StateOptions } from "../src/state/organization-state.ts";

/** An empty organization. */
export const wholeOrganization: StateOptions = {
  fetchColumnData: true,
  fetchLineageData: true,
  workbookFolders: [],
  workbooks: [],
  includeUnusedDatasets: true,
  allow: [],
  deny: [],
  updatedSince: null,
  includeArchived: false,
  visibility: "credential",
  fetchBadges: false,
};

/** The default options of a translation. */
export const translationOptions = {
  rawMetadata: false,
  customSql: false,
  keys: { strategy: "name", renames: {} },
  upstream: [],
  groupByFolder: false,
  ownerRules: [],
} as const;

type Rows = {
  readonly [List in
    | "workbooks"
    | "dataModels"
    | "datasets"
    | "tables"
    | "missingTables"
    | "connections"
    | "members"]?: readonly object[];
};

/** A state with the given rows; adds the fields that every row has. */
export function buildState(rows: Rows): OrganizationState {
  const withDefaults = (list: readonly object[] | undefined, defaults: object): readonly object[] =>
    (list ?? []).map((row) => ({ ...defaults, ...row }));
  const fetchedAt = "2026-01-02T03:04:05.678Z";
  const document = {
    fetchedAt,
    version: 1,
    lineage: [],
    sources: null,
    elements: null,
    columns: null,
    sqlColumns: null,
    failures: [],
  };
  return {
    header: {
      formatVersion: 3,
      baseUrl: "https://sigma.example",
      organizationId: "o",
      options: wholeOrganization,
      fetchedAt: "2026-01-02T03:04:05.678Z",
      listed: null,
    },
    workbooks: withDefaults(rows.workbooks, { ...document, elementLineage: null }),
    dataModels: withDefaults(rows.dataModels, { ...document, isListed: true }),
    datasets: withDefaults(rows.datasets, { fetchedAt, sources: [], queries: null, failures: [] }),
    tables: withDefaults(rows.tables, { columns: null }),
    missingTables: rows.missingTables ?? [],
    connections: withDefaults(rows.connections, {}),
    members: withDefaults(rows.members, { isInactive: false }),
    badges: [],
    upstreams: [],
    failures: [],
    unreadable: [],
  } as unknown as OrganizationState;
}

/** A UUID that starts with the given digits. */
export function uuid(start: string): string {
  const digits = start.padEnd(32, "0");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join("-");
}
