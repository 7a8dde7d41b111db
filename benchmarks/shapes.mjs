// Does the time to derive a graph from one document grow linearly with the number of its elements, whatever the shape of their
// references? Measures the CPU time of the load from a snapshot with columns, and the search for what a fetch must still ask. Run it with
// `npm run bench -- shapes`; the environment variable SIZES sets the numbers of elements (default: 100,1000,10000).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openQuestions } from "../packages/sigma-assets/dist/derive/open-questions/open-questions.js";
import { writeSnapshot } from "../packages/sigma-assets/dist/fetch/store/snapshot-file.js";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../packages/sigma-assets/dist/index.js";

const sizes = (process.env.SIZES ?? "100,1000,10000").split(",").map(Number);
const runs = Number(process.env.RUNS ?? 3);

/** The elements that element `at` of `count` reads; without any, it reads the table. */
const shapes = {
  chain: (at) => (at === 0 ? [] : [at - 1]),
  star: (at) => (at === 0 ? [] : [0]),
  "star, reversed": (at, count) =>
    at === 0 ? Array.from({ length: count - 1 }, (_, index) => index + 1) : [],
  grid: (at, count) => {
    const width = Math.ceil(Math.sqrt(count));
    return [...(at % width === 0 ? [] : [at - 1]), ...(at < width ? [] : [at - width])];
  },
  cycle: (at, count) => [at === 0 ? count - 1 : at - 1],
};

const table = "11111111-1111-4111-8111-111111111111";
const options = {
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
const fetchedAt = "2026-01-01T00:00:00.000Z";

// Loads all modules, and compiles the code that takes most of the time.
await loadCpuMs(stateOf(1_000, shapes.grid));

const rows = [];
for (const [shape, readsOf] of Object.entries(shapes)) {
  for (const elements of sizes) {
    const state = stateOf(elements, readsOf);
    const loads = [];
    const questions = [];
    for (let run = 0; run < runs; run++) {
      // What is computed is kept per object.
      const copy = structuredClone(state);
      const before = process.cpuUsage();
      openQuestions(copy).datasetReaders.size;
      questions.push(cpuMsSince(before));
      loads.push(await loadCpuMs(state));
    }
    rows.push({ shape, elements, "questions, CPU ms": median(questions), "load, CPU ms": median(loads) });
  }
}
console.log(`Node ${process.versions.node}, two columns an element, medians of ${runs}`);
console.table(rows);

async function loadCpuMs(state) {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
  const snapshotPath = join(folder, "sigma.ndjson");
  await writeSnapshot(snapshotPath, state);
  const sigma = new SigmaOrganization({ baseUrl: "https://sigma.example", clientId: "a", clientSecret: "b" });
  const before = process.cpuUsage();
  const [workbook] = await loadSigmaAssetSpecs(sigma, { snapshotPath, workbookColumns: true });
  const cpuMs = cpuMsSince(before);
  rmSync(folder, { recursive: true });
  if (workbook === undefined) throw new Error("The workbook is missing.");
  return cpuMs;
}

function stateOf(count, readsOf) {
  const ids = Array.from({ length: count }, (_, at) => `element-${at}`);
  const names = ids.map((_, at) => `Element ${at}`);
  const reads = ids.map((_, at) => readsOf(at, count));
  const lineage = [
    { type: "table", inodeId: table, name: "ORDERS", connectionId: "c" },
    ...ids.map((elementId, at) => ({
      type: "element",
      elementId,
      sourceIds: reads[at].length === 0 ? [`inode-${table}`] : reads[at].map((index) => ids[index]),
    })),
  ];
  const columns = ids.flatMap((elementId, at) =>
    ["Amount", "Customer"].map((name) => ({
      elementId,
      columnId: `${elementId}-${name}`,
      name,
      formula: (reads[at].length === 0 ? ["ORDERS"] : reads[at].map((index) => names[index]))
        .map((source) => `[${source}/${name}]`)
        .join(" + "),
      type: "number",
    })),
  );
  const id = "22222222-2222-4222-8222-222222222222";
  const workbook = {
    id,
    fetchedAt,
    version: 1,
    lineage,
    sources: null,
    elements: ids.map((elementId, at) => ({ elementId, name: names[at], type: "table" })),
    columns,
    sqlColumns: null,
    elementLineage: null,
    failures: [],
    properties: { workbookId: id, name: "Shape", path: "Shapes", latestVersion: 1 },
  };
  return {
    header: {
      formatVersion: 3,
      baseUrl: "https://sigma.example",
      organizationId: "o",
      options,
      fetchedAt,
      listed: null,
    },
    workbooks: [workbook],
    dataModels: [],
    datasets: [],
    tables: [
      {
        id: table,
        name: "ORDERS",
        path: ["DB", "PUBLIC", "ORDERS"],
        connectionId: "c",
        columns: ["AMOUNT", "CUSTOMER"],
      },
    ],
    connections: [],
    members: [],
    badges: [],
    upstreams: [],
    failures: [],
  };
}

function cpuMsSince(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function median(values) {
  return Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}
