import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  buildSampleCompany,
  type Replay,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { onTestFinished } from "vitest";

/** A sandbox for one test, by default with the sample company, and the variables that configure it. */
export async function startSandboxEnvironment(options: Partial<SandboxOptions> = {}): Promise<{
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
}> {
  const sandbox = await startSandbox({ organization: buildSampleCompany(), ...options });
  onTestFinished(() => sandbox.close());
  return { sandbox, env: variablesOf(sandbox) };
}

/** The same, with a separate folder for saved states. */
export async function startKeeping(options: Partial<SandboxOptions> = {}): Promise<
  Awaited<ReturnType<typeof startSandboxEnvironment>> & {
    readonly folder: string;
    readonly stateFile: () => string;
  }
> {
  const started = await startSandboxEnvironment(options);
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
  return {
    ...started,
    env: { ...started.env, DAGSTER_SIGMA_STATE_DIR: folder },
    folder,
    stateFile: () => join(folder, readdirSync(folder).find((name) => name.endsWith(".ndjson")) ?? ""),
  };
}

/** The variables that configure a sandbox. */
export function variablesOf({
  baseUrl,
  clientId,
  clientSecret,
}: Sandbox | Replay): Readonly<Record<string, string>> {
  return { SIGMA_BASE_URL: baseUrl, SIGMA_CLIENT_ID: clientId, SIGMA_CLIENT_SECRET: clientSecret };
}
