import { onTestFinished } from "vitest";
import { type Served, startServing } from "../src/serving/start-serving.ts";

/** Starts `dagster-sigma serve` on a free port; it is killed when the test ends. */
export async function serve(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const served = await startServing(args, env);
  onTestFinished(() => served.signal("SIGKILL"));
  return served;
}
