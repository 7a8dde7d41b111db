import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { conformanceFolder } from "../src/python/conformance-folder.ts";
import { type ProcessResult, runProcess } from "../src/python/run-process.ts";
import { locationVariables } from "../src/python-location/location-variables.ts";
import { locationEnvironment, locationVersions } from "../src/python-location/location-versions.ts";
import { needsPython, pythonOf } from "./reference.ts";

/** The oldest version, or the one that `npm run test:long python-location` sets. */
const { DAGSTER_TEST_VERSION: testVersion } = process.env;
const version = locationVersions.find((each) => each === testVersion) ?? "1.9.13";

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
    // The step fails in Dagster, after its first result.
    new AssetSpec({
      key: "blocked",
      execution: {
        description: "test",
        checks: ["empty"],
        materialize: async ({ assetKey }) => new MaterializeResult({
          checkResults: [new AssetCheckEvaluation({ assetKey, checkName: "empty", passed: false })],
        }),
      },
    }),
    new AssetSpec({
      key: "throws", deps: ["report"],
      execution: { description: "test", materialize: async () => { throw new TypeError("boom"); } },
    }),
  ],
  assetChecks: [
    new AssetCheckSpec({ name: "not_empty", asset: "report", blocking: true }),
    new AssetCheckSpec({ name: "empty", asset: "blocked", blocking: true }),
    reported,
  ],
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

const python = (await pythonOf(locationEnvironment(version, { hasPostgres: false }))) ?? "";

describe.skipIf(python === "")(
  `${needsPython} TypeScript definitions in a Python process, with Dagster ${version}`,
  () => {
    let result: ProcessResult;

    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-versions-"));
      const file = join(folder, "definitions.ts");
      writeFileSync(file, definitions);
      const program = join(conformanceFolder, "python", "materialize_typescript.py");
      const variables = locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder });
      result = await runProcess(python, [program, file], { env: { ...process.env, ...variables } });
    }, 60_000);

    it("load, materialize and fail", () => {
      expect(result.code, result.err).toBe(0);
      expect(JSON.parse(result.out)).toEqual({
        version,
        assets: [
          "blocked",
          "every/kind",
          "every/other",
          "nowhere/defined",
          "report",
          "s p a c e/dots.and-dashes/ünï",
          "throws",
        ],
        materialized: { blocked: {}, report: { rows: 31 } },
        checks: { empty: false, not_empty: true, told: true },
        ticks: { tells: ["told", ["told"]] },
        failed: {
          blocked: expect.stringContaining("empty"),
          throws: expect.stringMatching(/^node\.TypeError: .*boom\n/),
        },
      });
    });

    it("cause no warning about experimental parts of Dagster", () => {
      expect(result.err.split("\n").filter((line) => line.includes("Warning"))).toEqual([]);
    });
  },
);
