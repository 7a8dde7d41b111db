import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetSpec } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import {
  dagsterInstance,
  dbtManifest,
  explicitMap,
  tableName,
  type UpstreamMatcher,
} from "../../../src/index.ts";
import type { KnownUpstream } from "../../../src/state/organization-state.ts";

/** Assets of the rest of the graph, by their keys: the tables that they are. */
type Known = Readonly<Record<string, string>>;

interface Matched {
  readonly matcher: UpstreamMatcher;
  /** What the matcher learned over the network. */
  readonly answer: readonly KnownUpstream[] | null;
}

function dbtNodes(known: Known): string {
  const nodes = Object.entries(known).map(([key, table]) => [
    `model.p.${key}`,
    { unique_id: `model.p.${key}`, resource_type: "model", name: key, relation_name: table, config: {} },
  ]);
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-upstream-")), "manifest.json");
  writeFileSync(file, JSON.stringify({ metadata: {}, nodes: Object.fromEntries(nodes) }));
  return file;
}

const assets = (known: Known): readonly AssetSpec[] =>
  Object.entries(known).map(
    ([key, table]) => new AssetSpec({ key, metadata: { "dagster/table_name": table } }),
  );

describe.each<[string, (known: Known) => Matched]>([
  [
    "explicitMap",
    (known) => ({
      matcher: explicitMap(Object.fromEntries(Object.entries(known).map(([key, table]) => [table, key]))),
      answer: null,
    }),
  ],
  ["tableName", (known) => ({ matcher: tableName(assets(known)), answer: null })],
  ["dbtManifest", (known) => ({ matcher: dbtManifest(dbtNodes(known)), answer: null })],
  [
    "dagsterInstance",
    (known) => ({
      matcher: dagsterInstance("http://127.0.0.1:1"),
      answer: Object.entries(known).map(([key, table]) => ({ key: [key], tableName: table })),
    }),
  ],
])("what is promised of every matcher of tables: %s", (name, create) => {
  async function match(known: Known, path: readonly string[]): Promise<readonly string[]> {
    const { matcher, answer } = create(known);
    const loaded = await matcher.load(answer);
    return loaded.match({ path, connectionName: null, storageKind: null }).map((key) => key.toUserString());
  }
  const known: Known = { orders: "analytics.sales.orders", people: "analytics.crm.people" };

  it("finds the asset of a table, in any case", async () => {
    expect(await match(known, ["ANALYTICS", "Sales", "ORDERS"])).toEqual(["orders"]);
  });

  it("finds the asset of a table whose database or schema one side leaves out", async () => {
    expect(await match(known, ["crm", "people"])).toEqual(["people"]);
    expect(await match({ people: "crm.people" }, ["analytics", "crm", "people"])).toEqual(["people"]);
  });

  it("finds none for a table of another schema or database, nor for a name that merely ends alike", async () => {
    for (const path of [
      ["analytics", "other", "orders"],
      ["other", "sales", "orders"],
      ["analytics", "sales", "all_orders"],
      ["analytics", "sales"],
      ["constructor"],
      ["__proto__"],
    ])
      expect([path, await match(known, path)]).toEqual([path, []]);
  });

  it("tells every asset that a short name may mean, and the one with the whole name alone", async () => {
    const two = { a: "p.web.clicks", b: "q.web.clicks" };
    expect([...(await match(two, ["web", "clicks"]))].sort()).toEqual(["a", "b"]);
    expect(await match(two, ["q", "web", "clicks"])).toEqual(["b"]);
    expect(await match({ ...two, c: "web.clicks" }, ["web", "clicks"])).toEqual(["c"]);
  });

  it("bears one name before and after it has loaded, and finds nothing where nothing is known", async () => {
    const { matcher } = create({});
    const loaded = await matcher.load(null);
    expect([matcher.name, loaded.name]).toEqual([name, name]);
    expect(loaded.match({ path: ["a", "b", "c"], connectionName: null, storageKind: null })).toEqual([]);
  });
});
