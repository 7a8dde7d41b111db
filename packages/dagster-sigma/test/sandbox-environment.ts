import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { onTestFinished } from "vitest";

/** A sandbox for one test, and the variables that name it. */
export async function startSandboxEnvironment(): Promise<{
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
}> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret } = sandbox;
  return {
    sandbox,
    env: { SIGMA_BASE_URL: baseUrl, SIGMA_CLIENT_ID: clientId, SIGMA_CLIENT_SECRET: clientSecret },
  };
}
