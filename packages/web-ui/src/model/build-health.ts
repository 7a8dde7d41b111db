import { type AssetKind, otherKind, tableKind } from "@dagster-sigma/asset-graph/presentation";
import { groupBy } from "@dagster-sigma/foundation";
import type { GraphModel } from "./graph-model.ts";
import type { PageDiagnostic } from "./page-graph.ts";

/** The diagnostics of one cause. */
export interface HealthGroup {
  readonly code: string;
  /** What happened and what the graph lacks because of it; null if it is not explained. */
  readonly meaning: string | null;
  /** What to do about all of them; null if it is not explained. */
  readonly whatToDo: string | null;
  readonly severity: PageDiagnostic["severity"];
  readonly diagnostics: readonly PageDiagnostic[];
}

/** Assets that deserve attention, by reason. */
export interface HealthFinding {
  readonly title: string;
  readonly whatItMeans: string;
  readonly assets: readonly number[];
}

export interface Health {
  /** Errors first, then largest groups first. */
  readonly groups: readonly HealthGroup[];
  readonly findings: readonly HealthFinding[];
}

const daySeconds = 86_400;

/**
 * @param nowSeconds current time, in seconds since the epoch
 * @param staleDays number of days without change after which an asset is stale
 */
export function buildHealth(model: GraphModel, nowSeconds: number, staleDays: number): Health {
  const { index, graph } = model;
  const own = graph.assets.flatMap(({ kind }, asset) => (kind === tableKind.id ? [] : [asset]));
  const isAlone = (asset: number): boolean =>
    index.upstream(asset).length === 0 && index.downstream(asset).length === 0;
  const readsNothing = (asset: number): boolean =>
    index.upstream(asset).length === 0 && index.downstream(asset).length > 0;
  const unused = (asset: number): boolean =>
    isMadeForAssets(model.kindOf(asset)) &&
    index.downstream(asset).length === 0 &&
    index.upstream(asset).length > 0;
  const isStale = (asset: number): boolean => {
    const { updatedAt } = model.asset(asset);
    return updatedAt !== null && nowSeconds - updatedAt > staleDays * daySeconds;
  };
  const findings: readonly HealthFinding[] = [
    {
      title: "Not connected",
      whatItMeans: "They have no upstream and no downstream assets.",
      assets: own.filter(isAlone),
    },
    {
      title: "No known upstream assets",
      whatItMeans: "They have downstream assets, but no known upstream assets.",
      assets: own.filter(readsNothing),
    },
    {
      title: "Unused",
      whatItMeans: unusedText(graph.kinds),
      assets: own.filter(unused),
    },
    {
      title: "Without owner",
      whatItMeans: "No one is responsible for them.",
      assets: own.filter((asset) => model.asset(asset).owners.length === 0),
    },
    {
      title: "Archived, but still used",
      whatItMeans: "Other assets depend on these archived ones.",
      assets: own.filter((asset) => model.asset(asset).isArchived && index.downstream(asset).length > 0),
    },
    {
      title: `Not changed for ${staleDays} days`,
      whatItMeans: "Last published before that time.",
      assets: own.filter(isStale),
    },
  ];
  const groups = [...groupBy(graph.diagnostics, ({ code }) => code)].map(([code, diagnostics]) => ({
    code,
    meaning: graph.explanations[code]?.meaning ?? null,
    whatToDo: graph.explanations[code]?.whatToDo ?? null,
    severity: diagnostics[0]?.severity ?? ("warning" as const),
    diagnostics,
  }));
  return {
    groups: groups.sort(
      (a, b) =>
        Number(a.severity === "warning") - Number(b.severity === "warning") ||
        b.diagnostics.length - a.diagnostics.length,
    ),
    findings: findings.filter(({ assets }) => assets.length > 0),
  };
}

/** Whether assets of a kind are only useful as upstream assets. Unknown for `other`. */
function isMadeForAssets({ id, isReadByPeople }: AssetKind): boolean {
  return id !== tableKind.id && id !== otherKind.id && isReadByPeople !== true;
}

/** `Datasets and data models that no workbook here reads.` */
function unusedText(kinds: readonly AssetKind[]): string {
  const made = kinds.filter(isMadeForAssets).map(({ plural }) => plural.toLowerCase());
  const products = kinds.filter(({ isReadByPeople }) => isReadByPeople === true);
  const readers = products.map(({ name }) => name.toLowerCase()).join(" or ") || "asset";
  const text = `${made.join(" and ") || "assets"} that no ${readers} here reads.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
