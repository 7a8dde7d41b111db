import { SigmaAuthenticationError, SigmaError } from "@dagster-sigma/sigma-client";
import { UpstreamError } from "../../errors.ts";

const signIn = "POST /v2/auth/token";

/**
 * Whether an error in a detail of an object ends the load. This is the only place that decides it: a rejected sign-in does,
 * because all other calls will fail too, and so does anything that is not a failed call, such as an abort or a bug. Every other failed
 * call costs its detail, which is recorded. Failed listings of the organization end a load as well, see `fetchListings`.
 */
export function endsLoad(thrown: unknown): boolean {
  if (thrown instanceof UpstreamError) return false;
  if (!(thrown instanceof SigmaError)) return true;
  return thrown instanceof SigmaAuthenticationError && thrown.endpoint === signIn;
}
