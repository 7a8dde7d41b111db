// How much does lineage cost per workbook: with calls for whole documents, with the older calls per element, and with
// the Python library? All use the same sandbox in one run. Run it with `npm run bench -- lineage`.
import { pythonEnvironment, ReferenceLoader, wholeOrganization } from "../conformance/dist/index.js";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../packages/sigma-assets/dist/index.js";
import { generateOrganization, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const runs = 3;
const delayMs = 30;
const organization = generateOrganization({ workbooks: 100, seed: 1, profile: "legacy" });
const workbooks = organization.workbooks.length;
const python = await pythonEnvironment("dagster-sigma");
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const missing = (route) => ({
  route,
  fault: { kind: "status", status: 404, code: "not_found", headers: { errorcause: "UnmatchedHandler" } },
});
const load = async (sandbox, options) => {
  await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), options);
};
const ways = {
  "whole documents": { run: (sandbox) => load(sandbox, { fetchColumnData: false }) },
  "whole documents, columns too": { run: (sandbox) => load(sandbox, {}) },
  "each element (fallback), columns too": {
    prepare: (sandbox) => {
      for (const part of ["lineage", "sources", "columns"])
        sandbox.faults.add(missing(`/v2/workbooks/{workbookId}/${part}`));
    },
    run: (sandbox) => load(sandbox, {}),
  },
};
if (python !== null) {
  const reference = new ReferenceLoader(python);
  // Excludes the time to import Dagster.
  const first = await startSandbox({
    organization: generateOrganization({ workbooks: 1, seed: 1, profile: "legacy" }),
  });
  await reference.load(first, wholeOrganization);
  await first.close();
  ways["dagster-sigma 0.29.27 (Python)"] = {
    run: (sandbox) => reference.load(sandbox, wholeOrganization),
    end: () => reference.close(),
  };
}

const rows = [];
for (const [way, { prepare, run, end }] of Object.entries(ways)) {
  const wallMs = [];
  let requests = 0;
  for (let index = 0; index < runs; index++) {
    const sandbox = await startSandbox({ organization, delayMs });
    prepare?.(sandbox);
    const startedMs = performance.now();
    await run(sandbox);
    wallMs.push(performance.now() - startedMs);
    requests = sandbox.log.requests.length;
    await sandbox.close();
  }
  await end?.();
  rows.push({
    way,
    requests,
    "requests/workbook": (requests / workbooks).toFixed(1),
    "wall ms (median)": Math.round(median(wallMs)),
    "ms/workbook": (median(wallMs) / workbooks).toFixed(1),
  });
}
console.log(`Node ${process.versions.node}, ${workbooks} workbooks, ${delayMs} ms a call, ${runs} runs`);
console.table(rows);
