// What does the code representation (`spec: true`) cost and add? Generated and hand-written organizations are loaded with and without
// it, as they are and with routes refused. Run it with `npm run bench -- specs`.
import { ourEdgeSet, trueEdgeSet } from "../conformance/dist/index.js";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../packages/sigma-assets/dist/index.js";
import { generateOrganization, shapes, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const columnLineage = "dagster/column_lineage";
const forbidden = { kind: "status", status: 403, code: "forbidden" };
const pathRoutes = [
  "/v2/connections/paths",
  "/v2/connections/paths/{inodeId}",
  "/v2/files",
  "/v2/files/{inodeId}",
  "/v2/workbooks/{workbookId}/elements/{elementId}/query",
];
const lineageRoutes = ["workbooks/{workbookId}", "dataModels/{dataModelId}"].map((at) => `/v2/${at}/lineage`);
const scenarios = {
  "as it is": [],
  "no route contains the paths of tables": pathRoutes,
  "lineage of whole documents refused": lineageRoutes,
};

const generated = Array.from({ length: 10 }, (_, index) => ({
  organization: generateOrganization({ workbooks: 30, seed: index + 1, profile: "full" }),
}));
const sets = { "10 generated": generated, [`${shapes().length} hand-written`]: shapes() };

async function load({ organization, variants = [], hidden = [] }, refused, spec) {
  const sandbox = await startSandbox({ organization, variants });
  for (const route of refused) sandbox.faults.add({ route, fault: forbidden });
  const specs = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), { spec, workbookColumns: true });
  const requests = sandbox.log.requests.length;
  await sandbox.close();
  const assets = specs.map(({ key, deps, metadata }) => ({
    key: key.path,
    id: metadata["dagster_sigma/id"].value,
    deps: deps.map((dep) => ({
      key: dep.assetKey.path,
      tableName: dep.metadata["dagster/table_name"]?.value ?? null,
    })),
  }));
  const lineages = specs.flatMap(({ metadata }) => metadata[columnLineage] ?? []);
  const columns = lineages.flatMap(({ value }) => Object.values(value.depsByColumn).flat()).length;
  return { edges: ourEdgeSet(assets), expected: trueEdgeSet(organization, hidden), columns, requests };
}

const rows = [];
for (const [set, organizations] of Object.entries(sets)) {
  for (const [scenario, refused] of Object.entries(scenarios)) {
    const sum = {
      expected: 0,
      without: 0,
      with: 0,
      lost: 0,
      wrong: 0,
      columns: 0,
      more: 0,
      calls: 0,
      added: 0,
    };
    for (const each of organizations) {
      const [before, after] = [await load(each, refused, false), await load(each, refused, true)];
      sum.expected += before.expected.size;
      sum.without += count(before.edges, (edge) => before.expected.has(edge));
      sum.with += count(after.edges, (edge) => after.expected.has(edge));
      sum.lost += count(before.edges, (edge) => before.expected.has(edge) && !after.edges.has(edge));
      sum.wrong += count(after.edges, (edge) => !after.expected.has(edge) && !before.edges.has(edge));
      sum.columns += before.columns;
      sum.more += after.columns - before.columns;
      sum.calls += before.requests;
      sum.added += after.requests - before.requests;
    }
    rows.push({
      organizations: set,
      scenario,
      calls: sum.calls,
      "calls added": sum.added,
      "true edges": sum.expected,
      found: sum.without,
      "found with spec": sum.with,
      "lost with spec": sum.lost,
      "wrong with spec": sum.wrong,
      "column edges": sum.columns,
      "added with spec": sum.more,
    });
  }
}
console.log(`Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`);
console.table(rows);

function count(edges, isCounted) {
  return [...edges.keys()].filter(isCounted).length;
}
