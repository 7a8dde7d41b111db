import { AssetKey, AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPageGraph } from "../src/model/build-page-graph.ts";
import { packGraph, unpackGraph } from "../src/model/packed-graph.ts";
import { pageAsset, pageGraph, randomGraph } from "./random-graph.ts";

/** As the browser gets it. */
function sent<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

const segment = fc.string({ minLength: 1, unit: fc.constantFrom("/", "\\", ".", '"', "a", "é", "😀") });

describe("the packed graph", () => {
  it("is unpacked to the same graph", () => {
    for (const seed of [1, 2, 3]) {
      const graph = randomGraph({ assets: 400, seed });
      expect(unpackGraph(sent(packGraph(graph)))).toEqual(graph);
    }
  });

  it("keeps every property of every asset, and keys with slashes and backslashes", () => {
    const asset = fc.record({
      path: fc.array(segment, { minLength: 1, maxLength: 4 }),
      name: fc.option(segment),
      folder: fc.array(segment, { maxLength: 3 }),
      connection: fc.option(segment, { nil: null }),
      group: fc.option(segment, { nil: null }),
      table: fc.constantFrom("path", null, "other"),
      url: fc.option(fc.webUrl(), { nil: null }),
      updatedAt: fc.option(fc.nat(), { nil: null }),
      columns: fc.nat({ max: 3 }),
      tags: fc.dictionary(segment, segment, { maxKeys: 2 }),
      isStub: fc.boolean(),
      isArchived: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(asset, { maxLength: 12 }), (assets) => {
        const graph = pageGraph(
          assets.map((each, at) =>
            pageAsset(at, {
              ...each,
              key: new AssetKey(each.path).toEscapedUserString(),
              name: each.name ?? each.path.at(-1) ?? "",
              table: each.table === "path" ? each.path.join(".") : each.table,
            }),
          ),
          assets.length > 1 ? [0, 1, 1, 0] : [],
        );
        expect(unpackGraph(sent(packGraph(graph)))).toEqual(sent(graph));
      }),
      { numRuns: 200 },
    );
  });

  it("has the name of a connection, and no folder of this machine", () => {
    const report = {
      source: "/home/somebody/state.ndjson",
      snapshotFile: null,
      stateFile: null,
      fetchedAt: "2026-01-01T00:00:00.000Z",
      isFromCache: false,
      scope: null,
      diagnostics: [],
      outcomes: [],
      requests: 0,
      wallMs: 0,
      matches: [],
      notes: [],
    };
    const { graph } = buildPageGraph(
      new Definitions({
        assets: [
          new AssetSpec({
            key: "orders",
            presentation: { connection: "Finance Snowflake" },
            origin: { label: "acme", object: null, load: report },
          }),
        ],
      }),
    );
    expect(graph.assets[0]?.connection).toBe("Finance Snowflake");
    expect(graph.sources).toEqual(["state.ndjson"]);
  });
});
