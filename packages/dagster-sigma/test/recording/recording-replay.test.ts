import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Definitions } from "@dagster-sigma/asset-graph";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
} from "@dagster-sigma/sigma-assets";
import {
  type AnswerChange,
  buildSampleCompany,
  type ChangedAnswers,
  generateOrganization,
  type Organization,
  replayRecording,
  shapes,
  startSandbox,
  type VariantRule,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { Recording } from "../../src/recording/recording.ts";
import { Renaming } from "../../src/recording/renaming/renaming.ts";
import { graphFacts, renamedNames, sameNames } from "./graph-facts.ts";

const allDetails: LoadSigmaAssetSpecsOptions = {
  workbookColumns: true,
  materializationSchedules: true,
  fetchBadges: true,
  spec: true,
  customSql: true,
};

async function load(
  sigma: SigmaOrganization,
  options: LoadSigmaAssetSpecsOptions = {},
): Promise<Definitions> {
  const assets = await loadSigmaAssetSpecs(sigma, { ...allDetails, ...options });
  return new Definitions({ assets, resources: { sigma } });
}

/** `RECORDINGS=all` runs all shapes and options, and as many generated organizations as `SEEDS` says. */
const isLong = process.env["RECORDINGS"] === "all";
const seeds = Array.from(
  { length: isLong ? Number(process.env["SEEDS"] ?? 20) : 1 },
  (_, index) => index + 3,
);

/** The shapes with the most unusual answers. */
const someShapes: ReadonlySet<string> = new Set([
  "leading zero",
  "element without name",
  "exampleFields",
  "tables by SQL",
  "element lineage with other sources",
]);

/** The graph of an organization under the names of its recording, and that of the replayed recording. */
async function factsOf(
  organization: Organization,
  variants: readonly VariantRule[] = [],
  options: LoadSigmaAssetSpecsOptions = {},
): Promise<{ readonly sent: readonly string[]; readonly replayed: readonly string[] }> {
  const retryLimits = { baseDelayMs: 1 };
  const sandbox = await startSandbox({ organization, variants });
  const renaming = new Renaming();
  const recording = new Recording(renaming);
  const sent = await load(
    new SigmaOrganization({ ...sandbox, retryLimits, onAnswer: (answer) => recording.add(answer) }),
    options,
  );
  await sandbox.close();
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-recording-")), "recording.ndjson");
  await recording.save(file);
  const replay = await replayRecording(file);
  const replayed = await load(new SigmaOrganization({ ...replay, retryLimits }), options);
  await replay.close();
  return {
    sent: graphFacts(sent, renamedNames(organization, renaming)),
    replayed: graphFacts(replayed, sameNames),
  };
}

describe("a replayed recording", () => {
  it.each(seeds)(
    "has the graph, the columns and the diagnostics of generated organization %i",
    async (seed) => {
      const { sent, replayed } = await factsOf(generateOrganization({ workbooks: isLong ? 40 : 15, seed }));
      expect(sent.filter((fact) => fact.startsWith("column edge")).length).toBeGreaterThan(200);
      expect(sent.filter((fact) => fact.startsWith("diagnostic")).length).toBeGreaterThan(2);
      expect(sent.filter((fact) => fact.includes("unknown"))).toEqual([]);
      expect(replayed).toEqual(sent);
    },
  );

  it.each(isLong ? [buildSampleCompany()] : [])("has the graph of $name", async (organization) => {
    const { sent, replayed } = await factsOf(organization);
    expect(replayed).toEqual(sent);
  });

  it.each(shapes().filter(({ name }) => isLong || someShapes.has(name)))(
    "has the graph of the shape: $name",
    async ({ organization, variants }) => {
      const { sent, replayed } = await factsOf(organization, variants);
      expect(replayed).toEqual(sent);
    },
  );

  const loads: readonly (readonly [string, LoadSigmaAssetSpecsOptions])[] = [
    ["with elements as assets", { dataModelGranularity: "element" }],
    ["without details", { materializationSchedules: false, spec: false, fetchBadges: false }],
    ["without columns", { fetchColumnData: false }],
    ["with paths as keys", { keyStrategy: "path", groupByFolder: true }],
    ["without unused datasets", { sigmaFilter: { includeUnusedDatasets: false } }],
  ];

  it.each(isLong ? loads : loads.slice(0, 1))("has the graph of a load %s", async (_, options) => {
    const { sent, replayed } = await factsOf(generateOrganization({ workbooks: 8, seed: 8 }), [], options);
    expect(sent.length).toBeGreaterThan(50);
    expect(replayed).toEqual(sent);
  });

  it("has the diagnostics of rows and fields that cannot be read", async () => {
    const organization = generateOrganization({ workbooks: 8, seed: 9 });
    const { sent, replayed } = await factsOf(organization, [{ variant: oddAnswers }]);
    const codes = new Set(sent.flatMap((fact) => /^diagnostic \w+ (\w+)/.exec(fact)?.[1] ?? []));
    expect([...codes]).toEqual(
      expect.arrayContaining(["FIELD_UNREADABLE", "ROW_UNREADABLE", "SOURCE_KIND_UNKNOWN"]),
    );
    // Columns without names have no name to compare.
    const isColumn = (fact: string): boolean => fact.startsWith("column");
    expect(replayed.filter((fact) => !isColumn(fact))).toEqual(sent.filter((fact) => !isColumn(fact)));
    expect(replayed.filter(isColumn)).toHaveLength(sent.filter(isColumn).length);
  });
});

/** Changes some values in each row of an answer. */
function oddRows(changes: Readonly<Record<string, unknown>>): AnswerChange {
  const fields = Object.keys(changes);
  return (rows) =>
    rows.map((row, index) => {
      const field = fields[index % (2 * fields.length)];
      return field === undefined ? row : { ...row, [field]: changes[field] };
    });
}

const deep: unknown = JSON.parse(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`);

/** Answers with values of other types, unknown values, and values that are too long or too deep. */
const oddAnswers: ChangedAnswers = {
  "/v2/workbooks": oddRows({
    name: 7,
    path: [],
    latestVersion: "7",
    tags: {},
    description: deep,
    secret: deep,
    ownerId: {},
  }),
  "/v2/datasets": oddRows({ migrationToDataModel: "text", url: 7, owner: "" }),
  "/v2/connections": oddRows({ account: deep }),
  "/v2/members": oddRows({ email: "not an address", isInactive: "true" }),
  "/v2/workbooks/{workbookId}/elements": oddRows({
    name: deep,
    type: "hologram",
    columns: "text",
    elementId: "",
  }),
  "/v2/workbooks/{workbookId}/columns": oddRows({
    formula: 1,
    type: { type: {} },
    name: "x".repeat(1_000_001),
    columnId: null,
    elementId: "x".repeat(2_000),
  }),
  "/v2/workbooks/{workbookId}/lineage": (rows) => [
    ...rows,
    { type: "hologram", hologramId: "x", name: "Hologram" },
    { type: "element", elementId: null },
    { type: 7 },
  ],
  "/v2/workbooks/{workbookId}/materialization-schedules": oddRows({ schedule: "text", paused: "no" }),
  "/v2/connections/paths": oddRows({ path: [""], connectionId: 7 }),
};
