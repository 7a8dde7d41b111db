import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import type { MaterializeCase, ObservedSide } from "./materialize-case.ts";
import { materializeOurs } from "./materialize-ours.ts";
import type { ObservedReference, ReferenceMaterializer } from "./reference-materializer.ts";
import { buildScheduledCompany } from "./scheduled-company.ts";
import { shortClock } from "./short-time.ts";

/** Both sides in one situation. */
export interface ComparedMaterializations {
  readonly reference: ObservedReference;
  readonly ours: ObservedSide;
  readonly verdict: "same" | "better" | "worse";
}

/** Runs a case with both sides, each with its own server. */
export async function compareMaterializations(
  materializeCase: MaterializeCase,
  reference: ReferenceMaterializer,
): Promise<ComparedMaterializations> {
  const { documents, loaded = documents, arrange, inDagster = false, cause } = materializeCase;
  const startOne = (): Promise<Sandbox> =>
    startSandbox({ organization: buildScheduledCompany(documents), clock: shortClock, tokenLifetimeMs: 1e9 });
  const [forReference, forOurs] = [await startOne(), await startOne()];
  try {
    for (const sandbox of [forReference, forOurs]) arrange?.(sandbox);
    const [theirs, ours] = await Promise.all([
      reference.materialize(loaded, forReference, inDagster),
      materializeOurs(forOurs, materializeCase.limits),
    ]);
    return { reference: theirs, ours, verdict: verdictOf(theirs, ours, cause) };
  } finally {
    await Promise.all([forReference.close(), forOurs.close()]);
  }
}

/** Ours is worse if it is worse in one respect, and better if it is better in one and worse in none. */
function verdictOf(
  reference: ObservedSide,
  ours: ObservedSide,
  cause: string | undefined,
): ComparedMaterializations["verdict"] {
  const theirMarks = marksOf(reference, cause);
  const marks = marksOf(ours, cause).map((mark, index) => mark - (theirMarks[index] ?? 0));
  if (marks.some((mark) => mark < 0)) return "worse";
  return marks.some((mark) => mark > 0) ? "better" : "same";
}

/** One number per respect; a larger one is better. The number of requests does not count. */
function marksOf(side: ObservedSide, cause: string | undefined): readonly number[] {
  const { starts, materialized, claimsReady, ends, lost, text } = side;
  const isReady = starts.length > 0 && materialized === starts.length;
  return [
    // A lost end is not a wrong one.
    -Number(claimsReady ? !isReady : isReady && lost === 0),
    materialized,
    -starts.filter((count) => count > 1).length,
    -lost,
    Number(ends),
    cause === undefined ? 0 : Number(text.includes(cause)),
  ];
}
