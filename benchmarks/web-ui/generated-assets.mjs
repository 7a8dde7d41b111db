// Graphs for measuring the page: realistic organizations, and shapes that layouts fail on.
import {
  AssetSpec,
  Definitions,
  MetadataValue,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "../../packages/asset-graph/dist/index.js";

const teams = [
  "Finance",
  "Growth",
  "Logistics",
  "Marketing",
  "Operations",
  "People",
  "Product",
  "Risk",
  "Sales",
  "Support",
];
const areas = ["Core", "Reporting"];
/** Twenty groups, used as folders of Sigma, schemas of the warehouse, and groups of Dagster. */
const groups = teams.flatMap((team) => areas.map((area) => `${team} ${area}`));
const topics = [
  "Churn",
  "Orders",
  "Margin",
  "Backlog",
  "Traffic",
  "Renewals",
  "Tickets",
  "Spend",
  "Stock",
  "Leads",
];
const types = ["text", "number", "datetime", "boolean"];

/** A deterministic random generator: numbers from 0 to 1 that depend only on the seed. */
function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Tables, data models and workbooks in proportions of 5 : 2 : 5, with two dependencies each on average, 85 % of them
 * inside the own group. With the metadata that this project writes.
 */
export function organizationOf(size, seed = 1) {
  const random = seededRandom(seed);
  const tables = Math.round(size / 2.4);
  const models = Math.round(tables * 0.4);
  const assets = Array.from({ length: size }, (_asset, at) => ({
    kind: at < tables ? "table" : at < tables + models ? "model" : "workbook",
    group: at % groups.length,
    number: String(at).padStart(5, "0"),
    deps: [],
    columns: Array.from(
      { length: 6 + Math.floor(random() * 8) },
      (_column, column) => `${topics[(at + column) % topics.length].toLowerCase()}_${column}`,
    ),
  }));
  const byGroup = (kind) =>
    groups.map((_group, at) => assets.filter((asset) => asset.kind === kind && asset.group === at));
  const sources = { model: byGroup("table"), workbook: byGroup("model") };
  for (const asset of assets) {
    if (asset.kind === "table") continue;
    const wanted = 1 + Math.floor(random() * 3);
    for (let dep = 0; dep < wanted; dep++) {
      const group = random() < 0.85 ? asset.group : Math.floor(random() * groups.length);
      const candidates = sources[asset.kind][group];
      const found = candidates[Math.floor(random() * candidates.length)];
      if (found !== undefined && !asset.deps.includes(found)) asset.deps.push(found);
    }
  }
  return assets.map((asset) => specOf(asset, random));
}

function specOf(asset, random) {
  const { kind, group, number, deps, columns } = asset;
  const topic = topics[Number(number) % topics.length];
  const name =
    kind === "table"
      ? `${topic.toUpperCase()}_${number}`
      : kind === "model"
        ? `${topic} model ${number}`
        : `${topic} ${number}`;
  const place = groups[group];
  return new AssetSpec({
    key: keyOf(asset),
    deps: deps.map(keyOf),
    description: kind === "table" ? null : `What ${place.toLowerCase()} looks at for ${topic.toLowerCase()}.`,
    kinds:
      kind === "table" ? ["snowflake", "table"] : ["sigma", kind === "model" ? "data_model" : "workbook"],
    owners: kind === "table" ? [] : [`owner${Math.floor(random() * 40)}@example.com`],
    groupName: groupName(group),
    metadata: {
      "dagster/column_schema": MetadataValue.tableSchema(
        new TableSchema({
          columns: columns.map((column, at) => ({ name: column, type: types[at % types.length] })),
        }),
      ),
      ...(kind === "table"
        ? { "dagster/table_name": `analytics.${groupName(group)}.${name.toLowerCase()}` }
        : {
            "dagster_sigma/name": name,
            "dagster_sigma/path": `${place.split(" ").join("/")}`,
            "dagster_sigma/id": `id-${number}`,
            "dagster_sigma/web_url": MetadataValue.url(`https://app.example.com/org/${kind}/${number}`),
            "dagster_sigma/updated_at": MetadataValue.timestamp(1_750_000_000 + Number(number)),
            "dagster_sigma/version": Number(number) % 90,
          }),
      ...(deps.length === 0
        ? {}
        : { "dagster/column_lineage": MetadataValue.columnLineage(lineageOf(asset)) }),
    },
  });
}

/** Each column is computed from one column of each upstream asset. */
function lineageOf({ columns, deps }) {
  return new TableColumnLineage(
    Object.fromEntries(
      columns.map((column, at) => [
        column,
        deps.map((dep) => new TableColumnDep(keyOf(dep), dep.columns[at % dep.columns.length])),
      ]),
    ),
  );
}

function keyOf({ kind, group, number }) {
  return [groupName(group), `${kind}_${number}`];
}

function groupName(group) {
  return groups[group].toLowerCase().replace(" ", "_");
}

/** Each asset depends on the previous one. */
export function chainOf(length) {
  return Array.from({ length }, (_asset, at) => plainSpec(at, at === 0 ? [] : [at - 1], "chain"));
}

/** One asset that depends on all others. */
export function fanInOf(count) {
  const sources = Array.from({ length: count }, (_asset, at) => plainSpec(at, [], "sources"));
  return [
    ...sources,
    plainSpec(
      count,
      sources.map((_spec, at) => at),
      "sink",
    ),
  ];
}

/** Three rows of assets with `edges` edges between them. */
export function denseOf(count, edges, seed = 1) {
  const random = seededRandom(seed);
  const row = Math.floor(count / 3);
  const deps = Array.from({ length: count }, () => new Set());
  let left = edges;
  while (left > 0) {
    const reader = row + Math.floor(random() * (count - row));
    const source = Math.floor(random() * Math.floor(reader / row) * row);
    if (deps[reader].has(source)) continue;
    deps[reader].add(source);
    left--;
  }
  return deps.map((sources, at) =>
    plainSpec(at, [...sources], groupName(at % groups.length), Math.floor(at / row)),
  );
}

/** A graph of any shape: random numbers of assets, kinds and groups, and edges from lower to higher numbers. */
export function randomGraph(seed) {
  const random = seededRandom(seed);
  const count = 2 + Math.floor(random() * (seed % 10 === 0 ? 600 : 150));
  const inGroups = 1 + Math.floor(random() * 25);
  const density = random() * 4;
  return Array.from({ length: count }, (_asset, at) => {
    const sources = new Set();
    const wanted = Math.floor(random() * density * 2);
    for (let dep = 0; dep < wanted && at > 0; dep++) sources.add(Math.floor(random() * at));
    return plainSpec(
      at,
      [...sources],
      groupName(Math.floor(random() * inGroups) % groups.length),
      Math.floor(random() * 4),
    );
  });
}

const plainKinds = [["snowflake", "table"], ["sigma", "data_model"], ["sigma", "workbook"], ["python"]];

function plainSpec(at, deps, group, kind = 1) {
  return new AssetSpec({
    key: [`asset_${String(at).padStart(5, "0")}`],
    deps: deps.map((dep) => [`asset_${String(dep).padStart(5, "0")}`]),
    kinds: plainKinds[kind] ?? plainKinds[2],
    groupName: group,
  });
}

/** The display name of an asset on the page. */
export function nameOf(spec) {
  const name = spec.metadata["dagster_sigma/name"];
  return name === undefined ? spec.key.path.at(-1) : name.value;
}

export function definitionsOf(specs) {
  return new Definitions({ assets: specs });
}
