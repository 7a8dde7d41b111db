import { ManualClock } from "@dagster-sigma/foundation";
import { onTestFinished } from "vitest";
import { SigmaClient, type SigmaClientOptions } from "../src/index.ts";

/** A client whose delays take no time. It is closed when the test ends. */
export function createTestClient(
  baseUrl: string,
  options: Partial<SigmaClientOptions> = {},
): { readonly client: SigmaClient; readonly clock: ManualClock } {
  const clock = new ManualClock();
  const client = new SigmaClient({
    baseUrl,
    clientId: "test-client",
    clientSecret: "test-secret",
    clock,
    random: () => 0.5,
    ...options,
  });
  onTestFinished(() => client.close());
  return { client, clock };
}
