import { type AssetGraph, type AssetNode, resolvePresentation } from "@dagster-sigma/asset-graph";
import type { IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import { candidates, findAsset } from "../choose/find-asset.ts";
import { CommandError } from "../errors.ts";
import { nearestNames } from "../help/nearest-name.ts";

/** What changes: an asset, or one of its columns. */
export interface ImpactTarget {
  readonly node: AssetNode;
  /** Number of the asset in the index. */
  readonly asset: number;
  /** Number of the column; null for the whole asset. */
  readonly column: number | null;
  /** For example `orders` or `NET_AMOUNT of orders`. */
  readonly what: string;
}

/**
 * Finds what a user names: an asset in the ways of {@link findAsset}, or `ASSET.COLUMN` with the name of a column in any case.
 *
 * @throws CommandError `ASSET_NOT_FOUND`, `ASSET_AMBIGUOUS`, `COLUMN_NOT_FOUND`
 */
export function findTarget(graph: AssetGraph, index: IndexedDefinitions, wanted: string): ImpactTarget {
  let problem: unknown;
  for (const [assetText, columnText] of readings(wanted)) {
    try {
      const owner = columnText === null ? null : ownerOfColumn(graph, index, assetText, columnText);
      return targetOf(index, owner ?? findAsset(graph, assetText), columnText);
    } catch (thrown) {
      // The asset exists, and lacks the column: another reading would not say that.
      if (isCode(thrown, "COLUMN_NOT_FOUND")) throw thrown;
      problem ??= thrown;
    }
  }
  throw problem;
}

/** The whole text as an asset; then each dot as the end of the asset, the last one first: names of columns may contain dots. */
function readings(wanted: string): readonly (readonly [asset: string, column: string | null])[] {
  const dots = [...wanted.matchAll(/\./g)].map(({ index }) => index).reverse();
  return [
    [wanted, null],
    ...dots
      .filter((dot) => dot > 0 && dot < wanted.length - 1)
      .map((dot) => [wanted.slice(0, dot), wanted.slice(dot + 1)] as const),
  ];
}

/** Of the assets that a text may refer to, the one that has the column; null if none or several have it. */
function ownerOfColumn(
  graph: AssetGraph,
  index: IndexedDefinitions,
  assetText: string,
  columnText: string,
): AssetNode | null {
  for (const found of candidates(graph, assetText)) {
    const owners = found.filter((node) => {
      const asset = index.numberOf(node.spec.key.toEscapedUserString()) ?? -1;
      return findColumn(index, asset, columnText) !== undefined;
    });
    const [only] = owners;
    if (only !== undefined) return owners.length === 1 ? only : null;
  }
  return null;
}

/** The number of a column, by its name in any case. */
function findColumn({ columns }: IndexedDefinitions, asset: number, name: string): number | undefined {
  const own = columns.columnsOf(asset);
  const text = name.toLowerCase();
  return (
    own.find((each) => columns.nameOf(each) === name) ??
    own.find((each) => columns.nameOf(each).toLowerCase() === text)
  );
}

function targetOf(index: IndexedDefinitions, node: AssetNode, columnText: string | null): ImpactTarget {
  const key = node.spec.key.toEscapedUserString();
  const asset = index.numberOf(key) ?? -1;
  const { name } = resolvePresentation(node);
  if (columnText === null) return { node, asset, column: null, what: name };
  const { columns } = index;
  const own = columns.columnsOf(asset);
  const column = findColumn(index, asset, columnText);
  if (column !== undefined) return { node, asset, column, what: `${columns.nameOf(column)} of ${name}` };
  const near = nearestNames(
    columnText,
    own.map((each) => columns.nameOf(each)),
  );
  throw new CommandError(
    "COLUMN_NOT_FOUND",
    own.length === 0
      ? `No column of ${name} is known.`
      : `${name} has no column "${columnText}" that is known.`,
    near.length > 0
      ? `Did you mean: ${near.join(", ")}?`
      : "The columns of a table are those that something reads; --workbook-columns loads those of workbooks.",
  );
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof CommandError && thrown.code === code;
}
