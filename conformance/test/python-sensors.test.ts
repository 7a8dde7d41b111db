import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conformanceFolder } from "../src/python/conformance-folder.ts";
import { runProcess } from "../src/python/run-process.ts";
import { locationVariables } from "../src/python-location/location-variables.ts";
import { dagsterPython, needsPython } from "./reference.ts";
import { buildRunCompany } from "./run-definitions.ts";

const definitions = `
import { Definitions, EnvVar, loadSigmaAssetSpecs, SensorDefinition, sigmaActivitySensor, sigmaAssetChecks, SigmaOrganization } from "dagster-sigma";
const organization = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
const load = { materialize: true };
const assets = await loadSigmaAssetSpecs(organization, load);
const checks = sigmaAssetChecks({ assets, minimumIntervalSeconds: 5 });
export default new Definitions({
  assets,
  assetChecks: checks.assetChecks,
  sensors: [
    sigmaActivitySensor({ organization, load }),
    checks.sensor,
    new SensorDefinition({
      name: "throws",
      evaluate: () => { throw new TypeError("boom"); },
    }),
  ],
  resources: { sigma: organization },
});
`;

interface Evaluated {
  readonly sensors: Readonly<
    Record<
      string,
      {
        readonly interval: number;
        readonly status: string;
        readonly evaluations: readonly { readonly events: readonly string[]; readonly skip: string | null }[];
        readonly error: string | null;
      }
    >
  >;
  /** Whether the last stored result of each check passed. */
  readonly stored: Readonly<Record<string, boolean>>;
  /** The same for the results of a run. */
  readonly executed: Readonly<Record<string, boolean>>;
}

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} the sensors of a Python location`, () => {
  let sandbox: Sandbox;
  let evaluated: Evaluated;

  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildRunCompany() });
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-sensors-"));
    const file = join(folder, "definitions.ts");
    writeFileSync(file, definitions);
    const program = join(conformanceFolder, "python", "evaluate_sensors.py");
    const env = { ...process.env, ...locationVariables(sandbox, { folder }) };
    const { code, out, err } = await runProcess(python, [program, file, "no_broken_columns"], { env });
    expect(code, err).toBe(0);
    evaluated = JSON.parse(out) as Evaluated;
  }, 60_000);
  afterAll(() => sandbox.close());

  it("report the activity in Sigma once, with a cursor", () => {
    const { interval, status, evaluations } = evaluated.sensors["sigma_activity"] ?? {};
    expect([interval, status]).toEqual([60, "RUNNING"]);
    expect(evaluations).toEqual([
      {
        events: ["Orders_Model", "Report", "Two_Sheets"].map((key) => `AssetObservation ${key}`),
        skip: null,
      },
      { events: [], skip: "Nothing changed in Sigma." },
    ]);
  });

  it("report the results of checks once, and the checks have them", () => {
    const { interval, evaluations } = evaluated.sensors["sigma_checks"] ?? {};
    const [first, second] = evaluations ?? [];
    const documents = ["Orders_Model", "Report", "Two_Sheets"];
    const names = ["no_archived_upstream", "no_broken_columns", "no_unresolved_sources"];
    const expected = documents.flatMap((key) => names.map((name) => `${key} ${name}`));
    expect(interval).toBe(5);
    expect(first?.events).toEqual(expected.map((check) => `AssetCheckEvaluation ${check}`));
    expect(second).toEqual({ events: [], skip: "No result of a check changed." });
    expect(evaluated.stored).toEqual(Object.fromEntries(expected.map((check) => [check, true])));
  });

  it("are evaluated from their beginning when a run executes such a check", () => {
    expect(evaluated.executed).toEqual({
      "Orders_Model no_broken_columns": true,
      "Report no_broken_columns": true,
      "Two_Sheets no_broken_columns": true,
    });
  });

  it("fail a tick with the JavaScript error and its line", () => {
    const { error } = evaluated.sensors["throws"] ?? {};
    expect(error).toMatch(/The sensor throws failed\.\n.*TypeError: .*definitions\.ts:\d+:\d+: boom/s);
  });
});
