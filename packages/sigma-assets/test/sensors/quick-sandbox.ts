import { systemClock } from "@dagster-sigma/foundation";
import { type Organization, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { onTestFinished } from "vitest";

/** A sandbox whose clock is fast, so that its limit of one sign-in per second does not slow down evaluations. */
export async function startQuickSandbox(organization: Organization): Promise<Sandbox> {
  let calls = 0;
  const clock = { ...systemClock, now: () => Date.now() + 1_000 * calls++ };
  const sandbox = await startSandbox({ organization, clock, tokenLifetimeMs: 1e9 });
  onTestFinished(() => sandbox.close());
  return sandbox;
}
