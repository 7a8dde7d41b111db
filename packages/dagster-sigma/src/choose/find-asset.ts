import { type AssetGraph, type AssetNode, resolvePresentation } from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";
import { CommandError } from "../errors.ts";
import { nearestNames } from "../help/nearest-name.ts";
import { assetName, folderOf, kindName } from "../terminal/asset-names.ts";

/** Number of assets that an error lists at most. */
const mostListed = 8;

/** Ways in which a user may name an asset; the first one that finds something decides. */
const ways: readonly ((node: AssetNode, wanted: string) => boolean)[] = [
  ({ spec }, wanted) => [spec.key.toUserString(), spec.key.toEscapedUserString()].includes(wanted),
  (node, wanted) => isSameAddress(resolvePresentation(node).url, wanted),
  ({ spec }, wanted) => spec.origin?.object?.id === wanted,
  (node, wanted) => resolvePresentation(node).table?.toLowerCase() === wanted.toLowerCase(),
  (node, wanted) => pathsOf(node).includes(wanted.toLowerCase()),
  // A table "ledger" and a data model "Ledger" differ in case.
  (node, wanted) => namesOf(node).includes(wanted),
  (node, wanted) => assetName(node).toLowerCase() === wanted.toLowerCase(),
  (node, wanted) => isTableNamed(node, wanted),
];

/**
 * Looks up an asset by its key, its address in Sigma, its id, the name of its table, its folder and name, or its name. A data model takes
 * precedence over the deprecated dataset of the same name that it replaces.
 *
 * @throws CommandError `ASSET_NOT_FOUND`, `ASSET_AMBIGUOUS`
 */
export function findAsset(graph: AssetGraph, wanted: string): AssetNode {
  const nodes = [...graph.nodes.values()];
  const text = wanted.trim();
  for (const found of candidates(graph, wanted)) {
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw ambiguous(wanted, found);
  }
  const names = new Map(nodes.flatMap((node) => namesOf(node).map((name) => [name, node] as const)));
  const near = new Set(nearestNames(text, names.keys()).flatMap((name) => names.get(name) ?? []));
  throw new CommandError(
    "ASSET_NOT_FOUND",
    `There is no asset "${wanted}".`,
    near.size > 0
      ? `Did you mean: ${[...near].map(describe).join(", ")}?`
      : "`dagster-sigma assets` lists them all.",
  );
}

/** The assets that a text may refer to, by way: the most exact first. Ways that find nothing are left out. */
export function candidates(graph: AssetGraph, wanted: string): readonly (readonly AssetNode[])[] {
  const nodes = [...graph.nodes.values()];
  const text = wanted.trim();
  return ways
    .map((isMeant) => withoutReplaced(nodes.filter((node) => isMeant(node, text))))
    .filter((found) => found.length > 0);
}

function ambiguous(wanted: string, found: readonly AssetNode[]): CommandError {
  const listed = found.slice(0, mostListed).map((node) => `\n  ${describe(node)}`);
  const more = found.length > mostListed ? `\n  and ${found.length - mostListed} more` : "";
  return new CommandError(
    "ASSET_AMBIGUOUS",
    `${found.length} assets are named "${wanted}":${listed.join("")}${more}`,
    "Use a key, or the address in Sigma.",
  );
}

/** For example `Sales_EU (workbook "Sales - EU" in Sales)`. */
function describe(node: AssetNode): string {
  const key = printable(node.spec.key.toUserString());
  const folder = folderOf(node);
  const name = assetName(node);
  const named = name === key ? kindName(node) : `${kindName(node)} "${name}"`;
  return `${key} (${named}${folder === "" ? "" : ` in ${folder}`})`;
}

function namesOf(node: AssetNode): readonly string[] {
  const { name, fullName } = resolvePresentation(node);
  return [node.spec.key.toUserString(), name, fullName];
}

/** Folder and name, as `assets` prints them. */
function pathsOf(node: AssetNode): readonly string[] {
  const { folder, name } = resolvePresentation(node);
  return [[...folder, name].join("/").toLowerCase(), [...folder, name].join(" / ").toLowerCase()];
}

function isTableNamed(node: AssetNode, wanted: string): boolean {
  const { name, table } = resolvePresentation(node);
  return (node.isStub || table !== null) && name.toLowerCase() === wanted.toLowerCase();
}

/** Dataset and data model of one name: Sigma migrates datasets to data models, and the dataset stays, deprecated. */
function withoutReplaced(found: readonly AssetNode[]): readonly AssetNode[] {
  const typeOf = ({ spec }: AssetNode): string | undefined => spec.origin?.object?.type;
  if (!found.some((node) => typeOf(node) === "dataModel")) return found;
  return found.filter((node) => typeOf(node) !== "dataset");
}

/** Sigma shows a name before the id at the end of an address, and the page, element or bookmark behind it. */
function isSameAddress(url: string | null, wanted: string): boolean {
  if (url === null || !/^https?:\/\//i.test(wanted) || !URL.canParse(wanted)) return false;
  const [own, given] = [new URL(url), new URL(wanted)];
  const idOf = (segment: string): string => segment.split("-").at(-1) ?? "";
  const id = idOf(own.pathname.split("/").at(-1) ?? "");
  return own.host === given.host && id !== "" && given.pathname.split("/").map(idOf).includes(id);
}
