/** Connections between groups, by index: for each group the connected groups with the number of edges. */
export type Connections = readonly ReadonlyMap<number, number>[];

const sweeps = 6;

/**
 * Orders the groups of each lane so that connected groups are at about the same height: repeatedly moves each to the
 * weighted mean position of its connections. Deterministic.
 *
 * @param lanes group indices in their initial order
 */
export function orderBlocks(
  lanes: readonly (readonly number[])[],
  connections: Connections,
  sizes: readonly number[],
): readonly (readonly number[])[] {
  const orders = lanes.map((lane) => [...lane]);
  const heights = new Float64Array(sizes.length);
  const measure = (lane: readonly number[]): void => {
    const total = lane.reduce((sum, block) => sum + (sizes[block] ?? 0), 0);
    let before = 0;
    for (const block of lane) {
      const size = sizes[block] ?? 0;
      heights[block] = (before + size / 2) / total;
      before += size;
    }
  };
  for (const lane of orders) measure(lane);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const lane of sweep % 2 === 0 ? orders : [...orders].reverse()) {
      const wanted = new Map(lane.map((block) => [block, meanHeight(block, connections, heights)]));
      lane.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      measure(lane);
    }
  }
  return orders;
}

function meanHeight(block: number, connections: Connections, heights: Float64Array): number {
  let sum = 0;
  let weights = 0;
  for (const [other, weight] of connections[block] ?? []) {
    sum += weight * (heights[other] ?? 0);
    weights += weight;
  }
  return weights === 0 ? (heights[block] ?? 0) : sum / weights;
}
