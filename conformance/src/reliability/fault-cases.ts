import {
  type Fault,
  type Organization,
  type Quirk,
  type Sandbox,
  type SandboxOptions,
  tooManyRequests,
} from "@dagster-sigma/sigma-sandbox";

/** One way in which an organization's API misbehaves, and the expected result of a load. */
export interface FaultCase {
  readonly name: string;
  readonly sandbox?: Partial<SandboxOptions>;
  readonly set: (sandbox: Sandbox) => void;
  /**
   * `same`: the same graph as without faults. `less`: the same graph with fewer details, each reported. `refused`:
   * the load fails, because something would be missing from the graph without notice.
   */
  readonly expected: "same" | "less" | "refused";
}

const status = (code: number, more: Partial<Extract<Fault, { readonly kind: "status" }>> = {}): Fault => ({
  kind: "status",
  status: code,
  ...more,
});

/** Faults from which a retry recovers. */
const transportFaults: readonly (readonly [name: string, fault: Fault])[] = [
  ["402 timedout", status(402, { code: "timedout" })],
  ["408", status(408)],
  ["429 without Retry-After", tooManyRequests()],
  ["429 with seconds", tooManyRequests("0")],
  ["429 with a date", tooManyRequests("Wed, 21 Oct 2015 07:28:00 GMT")],
  ["502 with HTML", status(502, { html: true })],
  ["503", status(503)],
  ["504", status(504)],
  ["a dropped connection", { kind: "drop" }],
  ["a cut body", { kind: "cut" }],
  ["HTML with 200", { kind: "html" }],
  ["an empty body", { kind: "empty" }],
  ["no answer at all", { kind: "hang" }],
];

const mendable: readonly FaultCase[] = transportFaults.flatMap(([name, fault]) =>
  [0.01, 0.05].map((share) => ({
    name: `${name}, ${share * 100} %`,
    set: (sandbox: Sandbox) => sandbox.faults.add({ share, seed: "matrix", fault }),
    expected: "same" as const,
  })),
);

/** On some calls, 500 means "no lineage", so it is only retried on others. */
const serverErrors: readonly FaultCase[] = [0.01, 0.05].map((share) => ({
  name: `500, ${share * 100} %`,
  set: (sandbox) => sandbox.faults.add({ share, seed: "500", fault: status(500) }),
  expected: "less",
}));

const quirkNames: Readonly<Record<Quirk, string>> = {
  noHasMore: "pages without hasMore",
  hasMoreText: "hasMore as a text",
  repeatedRow: "a row that comes twice",
  endlessCursor: "a cursor that leads to the same page",
  onePage: "everything in one page",
  bareArray: "bare arrays instead of pages",
  opaqueCursor: "cursors that say nothing",
};

const quirks: readonly FaultCase[] = (Object.keys(quirkNames) as Quirk[]).map((quirk) => ({
  name: quirkNames[quirk],
  sandbox: { maxPageSize: 7 },
  set: (sandbox) => sandbox.faults.add({ fault: { kind: "quirk", quirk } }),
  expected: quirk === "endlessCursor" ? "refused" : "same",
}));

/** Permanent errors of single objects (`sigma-api.md` §2.3), on a fifth of the objects. */
const objectFaults: readonly (readonly [name: string, route: string, fault: Fault])[] = [
  [
    "a workbook without a lineage graph, 400",
    "/v2/workbooks/{workbookId}/lineage",
    status(400, { code: "invalid_request" }),
  ],
  ["a workbook's lineage forbidden, 403", "/v2/workbooks/{workbookId}/lineage", status(403)],
  ["a workbook's lineage gone, 404", "/v2/workbooks/{workbookId}/lineage", status(404)],
  ["a workbook's lineage broken, 500", "/v2/workbooks/{workbookId}/lineage", status(500)],
  ["a workbook's sources forbidden, 403", "/v2/workbooks/{workbookId}/sources", status(403)],
  ["a workbook's columns forbidden, 403", "/v2/workbooks/{workbookId}/columns", status(403)],
  ["a workbook's elements broken, 500", "/v2/workbooks/{workbookId}/elements", status(500)],
  ["a data model without a lineage graph, 400", "/v2/dataModels/{dataModelId}/lineage", status(400)],
  ["a data model's lineage broken, 500", "/v2/dataModels/{dataModelId}/lineage", status(500)],
  [
    "a data model's columns archived, 409",
    "/v2/dataModels/{dataModelId}/columns",
    status(409, { code: "inode_archived" }),
  ],
  [
    "a data model that cannot be compiled, 400",
    "/v2/dataModels/{dataModelId}/columns",
    status(400, { code: "unable_to_produce_query" }),
  ],
  [
    "a data model with broken SQL, 400",
    "/v2/dataModels/{dataModelId}/columns",
    status(400, { code: "warehouse_query_failed_user_error" }),
  ],
  ["a dataset archived, 409", "/v2/datasets/{datasetId}/sources", status(409, { code: "inode_archived" })],
  ["a dataset retired, 410", "/v2/datasets/{datasetId}/sources", status(410)],
  ["paths of a connection forbidden, 403", "/v2/connections/paths", status(403)],
  ["connections forbidden, 403", "/v2/connections", status(403)],
  ["members forbidden, 403", "/v2/members", status(403)],
];

/** All calls for the same object get the same fault, because it depends only on the path. */
function faultyIds(organization: Organization, route: string): readonly string[] {
  const objects = {
    workbooks: organization.workbooks,
    dataModels: organization.dataModels,
    datasets: organization.datasets,
  }[route.split("/")[2] ?? ""];
  return (objects ?? []).filter((_, index) => index % 5 === 0).map(({ id }) => id);
}

const persistent: readonly FaultCase[] = objectFaults.map(([name, route, fault]) => ({
  name,
  set: ({ organization, faults }) => {
    if (!route.includes("{")) faults.add({ route, fault });
    for (const path of route.includes("{") ? faultyIds(organization, route) : [])
      faults.add({ route, path, fault });
  },
  expected: "less",
}));

/** A route that the organization does not have yet. */
const missingRoutes: readonly FaultCase[] = [
  "/v2/workbooks/{workbookId}/lineage",
  "/v2/workbooks/{workbookId}/columns",
  "/v2/dataModels/{dataModelId}/lineage",
].map((route) => ({
  name: `the route ${route} missing, 404`,
  set: (sandbox) =>
    sandbox.faults.add({
      route,
      fault: status(404, { code: "not_found", headers: { errorcause: "UnmatchedHandler" } }),
    }),
  expected: "less",
}));

const listings: readonly FaultCase[] = [
  ["workbooks", 403],
  ["workbooks", 503],
  ["dataModels", 503],
  ["datasets", 503],
].map(([collection, code]) => ({
  name: `the list of ${collection} fails permanently, ${code}`,
  set: (sandbox) => sandbox.faults.add({ route: `/v2/${collection}`, fault: status(Number(code)) }),
  expected: "refused",
}));

const tokens: readonly FaultCase[] = [
  ...[20, 100].map(
    (tokenUses): FaultCase => ({
      name: `tokens that end with every ${tokenUses}th call`,
      sandbox: { tokenUses },
      set: () => undefined,
      expected: "same",
    }),
  ),
  {
    name: "sign-in that fails at first, 503",
    set: (sandbox) => sandbox.faults.add({ route: "/v2/auth/token", fault: status(503), times: 2 }),
    expected: "same",
  },
  {
    name: "sign-in that fails permanently, 503",
    set: (sandbox) => sandbox.faults.add({ route: "/v2/auth/token", fault: status(503) }),
    expected: "refused",
  },
];

const together: FaultCase = {
  name: "all faults that a retry fixes together, each at 0.5 %",
  set: (sandbox) => {
    for (const [seed, fault] of transportFaults) sandbox.faults.add({ share: 0.005, seed, fault });
  },
  expected: "same",
};

/** All faults of the matrix. */
export const faultCases: readonly FaultCase[] = [
  ...mendable,
  together,
  ...serverErrors,
  ...tokens,
  ...quirks,
  ...persistent,
  ...missingRoutes,
  ...listings,
];
