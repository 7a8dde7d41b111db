import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  conformanceFolder,
  locationVariables,
  type ProcessResult,
  pythonEnvironment,
  runProcess,
} from "../src/index.ts";
import { dagsterPython, needsPython } from "./reference.ts";

/** Versions other than that of the other tests. */
const environments = {
  "1.11.16": "dagster-webserver-1.11.16",
  "1.9.13": "dagster-webserver-1.9.13",
} as const;

const definitions = `
import {
  AssetCheckEvaluation, AssetCheckSpec, AssetSpec, AutomationCondition, Definitions, MaterializeResult, SensorDefinition,
} from "dagster-sigma";
import { everyKindOfSpec } from ${JSON.stringify(join(conformanceFolder, "src", "dagster", "every-kind-of-spec.ts"))};
const reported = new AssetCheckSpec({ name: "told", asset: "report" });
export default new Definitions({
  assets: [
    ...everyKindOfSpec,
    new AssetSpec({
      key: "report", deps: [["every", "kind"]], automationCondition: AutomationCondition.eager(), owners: ["team:bi"], codeVersion: "1",
      execution: {
        description: "test",
        checks: ["not_empty"],
        materialize: async ({ assetKey }) => new MaterializeResult({
          metadata: { rows: 31 },
          dataVersion: "v1",
          checkResults: [new AssetCheckEvaluation({ assetKey, checkName: "not_empty", passed: true })],
        }),
      },
    }),
    new AssetSpec({
      key: "throws", deps: ["report"],
      execution: { description: "test", materialize: async () => { throw new TypeError("boom"); } },
    }),
  ],
  assetChecks: [new AssetCheckSpec({ name: "not_empty", asset: "report", blocking: true }), reported],
  sensors: [new SensorDefinition({
    name: "tells",
    checks: [reported],
    evaluate: ({ cursor }) => cursor !== null ? { skipMessage: "nothing new" } : {
      assetEvents: [new AssetCheckEvaluation({ assetKey: reported.assetKey, checkName: "told", passed: true })],
      cursor: "told",
    },
  })],
});
`;

const hasPython = (await dagsterPython()) !== null;

describe.skipIf(!hasPython)(`${needsPython} TypeScript definitions in a Python process`, () => {
  const results = new Map<string, ProcessResult>();

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-versions-"));
    const file = join(folder, "definitions.ts");
    writeFileSync(file, definitions);
    const program = join(conformanceFolder, "python", "materialize_typescript.py");
    const env = {
      ...process.env,
      ...locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder }),
    };
    const running = Object.entries(environments).map(async ([version, environment]) => {
      const python = (await pythonEnvironment(environment)) ?? "";
      results.set(version, await runProcess(python, [program, file], { env }));
    });
    await Promise.all(running);
  }, 60_000);

  it.each(Object.keys(environments))("load, materialize and fail with Dagster %s", (version) => {
    const { code, out, err } = results.get(version) ?? { code: null, out: "", err: "" };
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual({
      version,
      assets: [
        "every/kind",
        "every/other",
        "nowhere/defined",
        "report",
        "s p a c e/dots.and-dashes/ünï",
        "throws",
      ],
      materialized: { report: { rows: 31 } },
      checks: { not_empty: true, told: true },
      ticks: { tells: ["told", ["told"]] },
      failed: { throws: expect.stringMatching(/^node\.TypeError: .*boom\n/) },
    });
  });

  it.each(Object.keys(environments))("cause no warning about experimental parts of Dagster %s", (version) => {
    const warnings = results
      .get(version)
      ?.err.split("\n")
      .filter((line) => line.includes("Warning"));
    expect(warnings).toEqual([]);
  });
});
