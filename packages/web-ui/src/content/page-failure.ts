import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import type { PageFailure } from "./page-content.ts";

/** What went wrong, for people: the message, the line of code where there is one, what to do. */
export function pageFailure(thrown: unknown): PageFailure {
  if (!DagsterSigmaError.isInstance(thrown)) return { message: errorText(thrown), code: null };
  const excerpt = "excerpt" in thrown && typeof thrown.excerpt === "string" ? [thrown.excerpt] : [];
  const hint = thrown.hint === null ? [] : [thrown.hint];
  return { message: [thrown.message, ...excerpt, ...hint].join("\n"), code: thrown.code };
}
