import type { Organization } from "@dagster-sigma/sigma-sandbox";
import type { ComparableAsset, ComparableDep, OurAsset } from "./comparable-asset.ts";
import type { LoadOptions } from "./load-case.ts";
import { type TrueUpstreams, trueUpstreams } from "./true-upstreams.ts";

/** A difference between the two sides, or between ours and the expected lineage. */
export interface Difference {
  readonly what:
    | "asset only ours"
    | "asset only the reference's"
    | "field"
    | "dependency only the reference's"
    | "column only the reference's"
    | "dependency not true"
    | "dependency missing";
  /** Key of the asset. */
  readonly key: string;
  readonly detail: string;
  readonly ours: OurAsset | null;
  readonly reference: ComparableAsset | null;
  readonly dep: ComparableDep | null;
}

/** Input of the rules that classify differences. */
export interface ComparedCase {
  readonly organization: Organization | null;
  readonly options: LoadOptions;
  readonly ours: readonly OurAsset[];
  readonly reference: readonly ComparableAsset[];
  /** Null if only the organization's answers are known. */
  readonly truth: TrueUpstreams | null;
}

export interface Comparison {
  readonly compared: ComparedCase;
  readonly differences: readonly Difference[];
  /** The reference's edges from datasets to tables, compared with the expected lineage. */
  readonly referenceDatasetEdges: {
    readonly right: number;
    readonly madeUp: number;
    readonly missing: number;
  };
}

const equalFields = ["kinds", "description", "webUrl", "version", "createdAt", "workbookId"] as const;

export function compareAssets(
  organization: Organization | null,
  options: LoadOptions,
  ours: readonly OurAsset[],
  reference: readonly ComparableAsset[],
): Comparison {
  const truth = organization === null ? null : trueUpstreams(organization);
  const ourByKey = new Map(ours.map((asset) => [keyText(asset), asset]));
  const referenceByKey = new Map(reference.map((asset) => [keyText(asset), asset]));
  const counts = { right: 0, madeUp: 0, missing: 0 };
  const differences: Difference[] = [];
  const differ = (what: Difference["what"], asset: ComparableAsset, rest: Partial<Difference> = {}): void => {
    const key = keyText(asset);
    const both = { ours: ourByKey.get(key) ?? null, reference: referenceByKey.get(key) ?? null };
    differences.push({ what, key, detail: "", dep: null, ...both, ...rest });
  };
  for (const theirs of reference) {
    const our = ourByKey.get(keyText(theirs));
    if (our === undefined) {
      differ("asset only the reference's", theirs);
      continue;
    }
    for (const field of equalFields) {
      const [a, b] = [JSON.stringify(our[field]), JSON.stringify(theirs[field])];
      if (a !== b) differ("field", our, { detail: `${field}: ours ${a}, the reference's ${b}` });
    }
    for (const column of theirs.columns) {
      if (!our.columns.includes(column)) differ("column only the reference's", our, { detail: column });
    }
    if (theirs.kinds.includes("workbook") || truth === null) {
      const keys = new Set(our.deps.map(keyText));
      for (const dep of theirs.deps) {
        if (!keys.has(keyText(dep)))
          differ("dependency only the reference's", our, { detail: keyText(dep), dep });
      }
    } else {
      const actual = truth.tableKeysOf(our.id);
      const told = new Set(theirs.deps.map(keyText));
      for (const key of told) if (!actual.has(key)) counts.madeUp++;
      for (const key of actual) counts[told.has(key) ? "right" : "missing"]++;
    }
  }
  for (const our of ours) if (!referenceByKey.has(keyText(our))) differ("asset only ours", our);
  if (truth !== null && options.fetchLineageData) {
    const ids = new Map(ours.map((asset) => [keyText(asset), asset.id]));
    for (const our of ours) {
      const found = new Set(our.deps.map((dep) => ids.get(keyText(dep)) ?? dep.tableName ?? keyText(dep)));
      const actual = truth.of(our.id);
      for (const name of found) if (!actual.has(name)) differ("dependency not true", our, { detail: name });
      for (const name of actual) if (!found.has(name)) differ("dependency missing", our, { detail: name });
    }
  }
  const compared = { organization, options, ours, reference, truth };
  return { compared, differences, referenceDatasetEdges: counts };
}

/** A key as text; a segment may contain any character except this separator. */
export function keyText({ key }: { readonly key: readonly string[] }): string {
  return key.join("/");
}
