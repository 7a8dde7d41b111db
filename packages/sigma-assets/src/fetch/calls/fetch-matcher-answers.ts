import type { CallFailure, UpstreamState } from "../../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/** Runs the queries of upstream matchers. */
export async function fetchMatcherAnswers(
  context: FetchContext,
  failures: CallFailure[],
): Promise<readonly UpstreamState[]> {
  const answers = await Promise.all(
    context.upstream.map(async ({ name, ask }) => {
      if (ask === undefined) return [];
      const assets = await orNote(context, failures, "upstream", () => ask(context.signal));
      return assets === null ? [] : [{ id: name, assets }];
    }),
  );
  return answers.flat();
}
