import type { ConformanceCase } from "./cases.ts";
import { compareCase } from "./compare-case.ts";
import { classOf } from "./difference-classes.ts";
import type { ReferenceLoader } from "./load-case.ts";

/** Results of many comparisons. */
export interface ConformanceResult {
  organizations: number;
  /** Number of compared assets of the reference. */
  assets: number;
  /** Number of differences by class. */
  readonly classes: Map<string, number>;
  /** Unexplained differences, and organizations that the reference cannot load. */
  readonly failures: string[];
  readonly referenceDatasetEdges: { right: number; madeUp: number; missing: number };
}

/** Loads each organization with both sides and compares the results. */
export async function compareCases(
  cases: Iterable<ConformanceCase>,
  reference: ReferenceLoader,
  onCase: (name: string) => void = () => {},
): Promise<ConformanceResult> {
  const result: ConformanceResult = {
    organizations: 0,
    assets: 0,
    classes: new Map(),
    failures: [],
    referenceDatasetEdges: { right: 0, madeUp: 0, missing: 0 },
  };
  for (const each of cases) {
    onCase(each.name);
    const comparison = await compareCase(each, reference);
    result.organizations++;
    if (typeof comparison === "string") {
      result.failures.push(`${each.name}: the reference does not load it: ${comparison}`);
      continue;
    }
    const { compared, differences, referenceDatasetEdges: edges } = comparison;
    result.assets += compared.reference.length;
    result.referenceDatasetEdges.right += edges.right;
    result.referenceDatasetEdges.madeUp += edges.madeUp;
    result.referenceDatasetEdges.missing += edges.missing;
    for (const difference of differences) {
      const name = classOf(difference, compared);
      if (name !== null) result.classes.set(name, (result.classes.get(name) ?? 0) + 1);
      else result.failures.push(`${each.name}: ${difference.what}, ${difference.key}, ${difference.detail}`);
    }
  }
  return result;
}
