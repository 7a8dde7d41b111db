import { type AssetKind, otherKind, tableKind } from "@dagster-sigma/asset-graph/presentation";
import { groupBy } from "@dagster-sigma/foundation";
import type { GraphModel } from "./graph-model.ts";
import type { PageDiagnostic } from "./page-graph.ts";

export interface HealthGroup {
  readonly code: string;
  readonly severity: PageDiagnostic["severity"];
  readonly diagnostics: readonly PageDiagnostic[];
}

/** Assets that are worth a look, by why. */
export interface HealthFinding {
  readonly title: string;
  readonly whatItMeans: string;
  readonly assets: readonly number[];
}

export interface Health {
  /** Errors first, then what there is most of. */
  readonly groups: readonly HealthGroup[];
  readonly findings: readonly HealthFinding[];
}

const daySeconds = 86_400;

/** @param nowSeconds since 1970, to tell what is stale; @param staleDays after how many days without change it is */
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
      title: "Connected with nothing",
      whatItMeans: "Nothing feeds them and nothing reads them.",
      assets: own.filter(isAlone),
    },
    {
      title: "Read nothing that is known",
      whatItMeans: "They feed others, and nothing is known of what feeds them.",
      assets: own.filter(readsNothing),
    },
    {
      title: "Read by nothing",
      whatItMeans: unusedText(graph.kinds),
      assets: own.filter(unused),
    },
    {
      title: "Without owner",
      whatItMeans: "Nobody to ask when they break.",
      assets: own.filter((asset) => model.asset(asset).owners.length === 0),
    },
    {
      title: "Archived, and still read",
      whatItMeans: "Something reads what was archived.",
      assets: own.filter((asset) => model.asset(asset).isArchived && index.downstream(asset).length > 0),
    },
    {
      title: `Not changed for ${staleDays} days`,
      whatItMeans: "Published last before then.",
      assets: own.filter(isStale),
    },
  ];
  const groups = [...groupBy(graph.diagnostics, ({ code }) => code)].map(([code, diagnostics]) => ({
    code,
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

/** Whether assets of a kind are of use only where another asset reads them. Of `other` that is not known. */
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
