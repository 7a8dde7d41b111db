/** The outcome of an attempt, as far as it says whether Sigma carried out the request. */
export type EffectOutcome =
  | { readonly type: "refused"; readonly status: number; readonly sigmaCode: string | null }
  | { readonly type: "unauthorized" | "incomplete" | "tooLarge" }
  /** `sent` is false if the request was certainly not sent. */
  | { readonly type: "noConnection" | "timeout"; readonly sent: boolean };

/**
 * Whether Sigma may have carried out a request that failed: the response was lost, or a server or gateway reported an error
 * of its own. False after a refusal (401, 429, other 4xx), and if the request was not sent.
 */
export function mayHaveTakenEffect(outcome: EffectOutcome): boolean {
  switch (outcome.type) {
    case "refused":
      return outcome.status >= 500 || outcome.status === 408 || isTimedOut(outcome);
    case "unauthorized":
      return false;
    case "incomplete":
    case "tooLarge":
      return true;
    case "noConnection":
    case "timeout":
      return outcome.sent;
  }
}

/** Sigma uses 402 with the code `timedout` for a computation that took too long, not for billing. */
export function isTimedOut({
  status,
  sigmaCode,
}: {
  readonly status: number;
  readonly sigmaCode: string | null;
}): boolean {
  return status === 402 && sigmaCode === "timedout";
}
