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

/** Tables of other assets in the graph, by asset key. */
type Known = Readonly<Record<string, string>>;

interface Matched {
  readonly matcher: UpstreamMatcher;
  /** The data that the matcher loaded over the network. */
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
])("the contract of a table matcher: %s", (name, create) => {
  async function match(known: Known, path: readonly string[]): Promise<readonly string[]> {
    const { matcher, answer } = create(known);
    const loaded = await matcher.load(answer);
    return loaded.match({ path, connectionName: null, storageKind: null }).map((key) => key.toUserString());
  }
  const known: Known = { orders: "analytics.sales.orders", people: "analytics.crm.people" };

  it("finds the asset of a table, case-insensitively", async () => {
    expect(await match(known, ["ANALYTICS", "Sales", "ORDERS"])).toEqual(["orders"]);
  });

  it("finds the asset of a table if one side omits the database or schema", async () => {
    expect(await match(known, ["crm", "people"])).toEqual(["people"]);
    expect(await match({ people: "crm.people" }, ["analytics", "crm", "people"])).toEqual(["people"]);
  });

  it("finds no asset for a table of another schema or database, or for a name with the same ending", async () => {
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

  it("returns all assets that match a short name, and only one for a full name", async () => {
    const two = { a: "p.web.clicks", b: "q.web.clicks" };
    expect([...(await match(two, ["web", "clicks"]))].sort()).toEqual(["a", "b"]);
    expect(await match(two, ["q", "web", "clicks"])).toEqual(["b"]);
    expect(await match({ ...two, c: "web.clicks" }, ["web", "clicks"])).toEqual(["c"]);
  });

  it("has the same name before and after loading, and finds nothing without data", async () => {
    const { matcher } = create({});
    const loaded = await matcher.load(null);
    expect([matcher.name, loaded.name]).toEqual([name, name]);
    expect(loaded.match({ path: ["a", "b", "c"], connectionName: null, storageKind: null })).toEqual([]);
  });
});
