import type { CallFailure } from "./organization-state.ts";

/** Whether a failure is transient, so that the object's data is unknown. */
export function isTransient({ status }: Pick<CallFailure, "status">): boolean {
  return (
    status === null || status === 401 || status === 402 || status === 408 || status === 429 || status >= 500
  );
}
