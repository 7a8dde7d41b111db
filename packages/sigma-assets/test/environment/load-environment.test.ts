import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { readLoadVariables } from "../../src/environment/load-variables.ts";
import {
  type FetchProgress,
  loadEnvironment,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  withLoadEnvironment,
} from "../../src/index.ts";

async function sample(): Promise<SigmaOrganization> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret } = sandbox;
  return new SigmaOrganization({ baseUrl, clientId, clientSecret });
}

const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
const states = (dir: string): number => readdirSync(dir).filter((name) => name.endsWith(".ndjson")).length;

describe("the load environment", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("gives two concurrent loads separate folders", async () => {
    const sigma = await sample();
    const dirs = [folder(), folder()];
    const progress: FetchProgress[][] = [[], []];
    await Promise.all(
      dirs.map((stateDir, at) =>
        withLoadEnvironment({ stateDir, onProgress: (state) => progress[at]?.push(state) }, () =>
          loadSigmaAssetSpecs(sigma),
        ),
      ),
    );
    expect(dirs.map(states)).toEqual([1, 1]);
    for (const told of progress) expect(told.length).toBeGreaterThan(5);
  });

  it("takes precedence over variables; load options take precedence over both", async () => {
    const sigma = await sample();
    const [variable, environment, option] = [folder(), folder(), folder()];
    vi.stubEnv("DAGSTER_SIGMA_STATE_DIR", variable);
    await withLoadEnvironment({ stateDir: environment }, () =>
      loadSigmaAssetSpecs(sigma, { stateDir: option }),
    );
    expect([variable, environment, option].map(states)).toEqual([0, 0, 1]);
    await withLoadEnvironment({ stateDir: environment }, () => loadSigmaAssetSpecs(sigma));
    expect([variable, environment, option].map(states)).toEqual([0, 1, 1]);
    await loadSigmaAssetSpecs(sigma);
    expect([variable, environment, option].map(states)).toEqual([1, 1, 1]);
  });

  it("passes every request to its logger, in addition to the organization's logger", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const { baseUrl, clientId, clientSecret } = sandbox;
    const [own, environment]: string[][] = [[], []];
    const loggerTo = (lines: string[] | undefined) => ({
      debug: (message: string) => void lines?.push(message),
      info: () => undefined,
      warn: () => undefined,
    });
    const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret, logger: loggerTo(own) });
    await withLoadEnvironment({ logger: loggerTo(environment) }, () => loadSigmaAssetSpecs(sigma));
    const requests = sigma.loadReports[0]?.requests ?? 0;
    expect(requests).toBeGreaterThan(20);
    expect(environment).toHaveLength(requests);
    expect(own).toEqual(environment);
  });

  it("is inherited by asynchronous code, and does not apply outside", async () => {
    await withLoadEnvironment({ stateDir: "/outer", refresh: "changes" }, async () => {
      await withLoadEnvironment({ refresh: "no" }, async () => {
        await Promise.resolve();
        expect(loadEnvironment()).toMatchObject({ stateDir: "/outer", refresh: "no" });
      });
      expect(loadEnvironment()).toMatchObject({ refresh: "changes" });
    });
    expect(loadEnvironment()).toMatchObject({
      stateDir: null,
      refresh: "no",
      snapshot: "read",
      logger: null,
    });
  });

  it.each([
    [{}, { stateDir: null, refresh: "no", snapshot: "read" }],
    [
      { DAGSTER_SIGMA_STATE_DIR: "", DAGSTER_SIGMA_REFRESH: "" },
      { stateDir: null, refresh: "no" },
    ],
    [
      { DAGSTER_SIGMA_STATE_DIR: "/a", DAGSTER_SIGMA_REFRESH: "1" },
      { stateDir: "/a", refresh: "changes" },
    ],
    [
      { DAGSTER_SIGMA_REFRESH: "full", DAGSTER_SIGMA_IS_GENERATING_SNAPSHOT: "1" },
      { refresh: "full", snapshot: "write" },
    ],
  ])("reads the variables %o as %o", (variables, expected) => {
    expect(readLoadVariables(variables)).toMatchObject(expected);
  });
});
