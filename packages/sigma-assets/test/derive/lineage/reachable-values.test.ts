import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReachableValues } from "../../../src/derive/lineage/reachable-values.ts";

/** The values of all nodes that can be reached, found by following every path. */
function follow(edges: readonly (readonly number[])[], start: number): readonly number[] {
  const visited = new Set<number>();
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visited.has(node)) continue;
    visited.add(node);
    waiting.push(...(edges[node] ?? []));
  }
  return [...visited].filter(hasValue).sort((a, b) => a - b);
}

const hasValue = (node: number): boolean => node % 3 !== 1;

function reachableIn(
  edges: readonly (readonly number[])[],
  visits: number[] = [],
): ReachableValues<number, number> {
  return new ReachableValues((node) => {
    visits.push(node);
    const values = new Map(hasValue(node) ? [[`value of ${node}`, node]] : []);
    return { values, next: edges[node] ?? [] };
  });
}

const anyEdges = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }),
  );

describe("reachable values", () => {
  it("are those of all nodes on all paths, for any graph and any order of calls", () => {
    fc.assert(
      fc.property(anyEdges, fc.infiniteStream(fc.nat()), (edges, starts) => {
        const visits: number[] = [];
        const reachable = reachableIn(edges, visits);
        for (const start of [...starts.take(6)].map((each) => each % edges.length)) {
          const found = [...reachable.of(start).values()].sort((a, b) => a - b);
          expect(found).toEqual(follow(edges, start));
        }
        expect(visits.length).toBe(new Set(visits).size);
      }),
    );
  });

  it("of a chain and of a cycle are shared, and each node is visited once", () => {
    const count = 100_000;
    const visits: number[] = [];
    const chain = new ReachableValues<number, number>((node) => {
      visits.push(node);
      return { values: new Map(node === 0 ? [["value", 0]] : []), next: node === 0 ? [] : [node - 1] };
    });
    for (let at = count - 1; at >= 0; at -= 997) expect(chain.of(at)).toBe(chain.of(0));
    expect(visits).toHaveLength(count);
    const cycle = reachableIn(Array.from({ length: 999 }, (_, at) => [(at + 1) % 999]));
    expect(cycle.of(1)).toBe(cycle.of(998));
    expect(cycle.of(1).size).toBe(666);
  });

  it("are limited to a number of values, so that long chains with many values take linear memory", () => {
    const chain = new ReachableValues<number, number>(
      (node) => ({ values: new Map([[node, node]]), next: node === 0 ? [] : [node - 1] }),
      2,
    );
    expect([chain.of(20_000).size, chain.of(1).size, chain.of(0).size]).toEqual([2, 2, 1]);
  });
});
