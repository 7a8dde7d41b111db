import type { GraphModel } from "../model/graph-model.ts";
import type { Lane } from "../model/overview-part.ts";

/** The lane of each asset, by its kind: tables and assets that are not defined here, what people read, and the rest. */
export function laneOfAssets(model: GraphModel): Uint8Array {
  return Uint8Array.from(model.assets, ({ isStub }, asset): Lane => {
    const kind = model.kindOf(asset);
    if (kind.isReadByPeople === true) return 2;
    return kind.rank <= 0 || isStub ? 0 : 1;
  });
}

/** Title of a lane: the plural names of its kinds; without an asset the usual one. */
export function laneTitle(lane: Lane, model: GraphModel, laneOf: Uint8Array): string {
  if (lane === 0) return "Sources";
  const names = new Set<string>();
  for (const kind of model.graph.kinds)
    if (model.assets.some((asset, at) => laneOf[at] === lane && asset.kind === kind.id))
      names.add(kind.plural);
  const [first, ...others] = [...names];
  if (first === undefined) return lane === 1 ? "Datasets and data models" : "Workbooks";
  if (others.length > 2) return `${first} and ${others.length} other kinds`;
  const rest = others.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  const last = rest.pop();
  return last === undefined ? first : `${[first, ...rest].join(", ")} and ${last}`;
}
