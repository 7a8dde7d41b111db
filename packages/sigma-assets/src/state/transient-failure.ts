import type { CallFailure } from "./organization-state.ts";

/** Whether a failure may be over the next time, so that nothing was learnt of the object. */
export function isTransient({ status }: CallFailure): boolean {
  return status === null || status === 402 || status === 408 || status === 429 || status >= 500;
}
