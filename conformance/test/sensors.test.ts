import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AssetMaterialization,
  Definitions,
  MetadataValue,
  SensorDefinition,
} from "@dagster-sigma/asset-graph";
import { codeLocationOutlet, hostFeatures, startCodeLocation } from "@dagster-sigma/code-location";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import {
  loadSigmaAssetSpecs,
  noArchivedUpstream,
  notStaleFor,
  SigmaOrganization,
  sigmaActivitySensor,
  sigmaAssetChecks,
} from "@dagster-sigma/sigma-assets";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { materializations, observations, sensorTicks } from "../src/dagster/asset-events.ts";
import { type RunningDagster, startDagster } from "../src/dagster/start-dagster.ts";
import { dagsterPython, needsPython } from "./reference.ts";

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} sensors in the real Dagster`, () => {
  it("report changes in Sigma once, and show failures and checks", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
    const organization = new SigmaOrganization(sandbox);
    const assets = await loadSigmaAssetSpecs(organization, { stateDir, virtual: true });
    const checks = sigmaAssetChecks({
      assets,
      checks: [noArchivedUpstream, notStaleFor(1)],
      minimumIntervalSeconds: 5,
    });
    const cursors: (string | null)[] = [];
    const definitions = new Definitions({
      assets,
      assetChecks: checks.assetChecks,
      sensors: [
        sigmaActivitySensor({
          organization,
          load: { stateDir, virtual: true },
          minimumIntervalSeconds: 5,
          maxEventsPerTick: 15,
        }),
        checks.sensor,
        new SensorDefinition({
          name: "hostile",
          defaultStatus: "running",
          minimumIntervalSeconds: 5,
          tags: { tier: "gold" },
          metadata: { __class__: "Nonsense", note: "😀" },
          evaluate: ({ cursor }) => (cursor === null ? { assetEvents: [hostileEvent], cursor: "told" } : {}),
        }),
        new SensorDefinition({
          name: "broken",
          defaultStatus: "running",
          minimumIntervalSeconds: 5,
          evaluate: ({ cursor }) => {
            cursors.push(cursor);
            if (cursor === null) return { cursor: "before" };
            throw new RangeError("nothing here");
          },
        }),
      ],
    });
    const source = createStaticDefinitionsSource(definitions, codeLocationOutlet(hostFeatures("1.13")));
    const location = await startCodeLocation({ source });
    onTestFinished(() => location.close());
    const dagster = await startDagster({
      python,
      locations: [{ name: "sigma", port: location.port }],
      daemon: true,
    });
    onTestFinished(() => dagster.close());

    const watched = assets.filter(
      ({ kinds }) => kinds.includes("workbook") || kinds.includes("data_model"),
    ).length;
    const first = await until(
      () => observations(dagster),
      (found) => found.size >= watched,
    );
    expect([...first.values()].every((events) => events.length === 1)).toBe(true);

    const runs = await until(
      () => materializations(dagster, ["Orders_Dataset"]),
      (events) => events.length > 1,
    );
    expect(runs).toMatchObject([
      {
        "dagster/row_count": { intValue: 48_530 },
        "dagster_sigma/finished_at": { timestamp: expect.anything() },
      },
      { "dagster/row_count": { intValue: 48_211 } },
    ]);
    expect((await observations(dagster)).get("Orders_Dataset")).toMatchObject([
      { "dagster_sigma/error": { text: "Warehouse COMPUTE_WH was suspended" } },
    ]);

    const [hostile] = await until(
      () => materializations(dagster, hostileEvent.assetKey.path),
      (events) => events.length > 0,
    );
    expect(Object.keys(hostile ?? {}).sort()).toEqual(["__class__", "data", "emoji 😀", "long"]);
    expect(hostile).toMatchObject({
      __class__: { text: "Nonsense" },
      data: { jsonString: expect.stringContaining("user:__enum__") },
      "emoji 😀": { text: "𝄞" },
      long: { text: "é".repeat(1_000_000) },
    });

    const [spec] = assets.filter(({ kinds }) => kinds.includes("workbook"));
    const id = spec?.metadata["dagster_sigma/id"]?.value;
    const key = spec?.key.toUserString() ?? "";
    sandbox.mutate(
      "edit workbook",
      sandbox.organization.workbooks.findIndex((workbook) => workbook.id === id),
    );
    const ticksAtEdit = (await sensorTicks(dagster, "sigma_activity")).length;
    const second = await until(
      () => observations(dagster),
      (found) => (found.get(key)?.length ?? 0) > 1,
    );
    // The tick during the edit, and two more.
    expect((await sensorTicks(dagster, "sigma_activity")).length - ticksAtEdit).toBeLessThanOrEqual(3);
    const [latest] = second.get(key) ?? [];
    const version = sandbox.organization.workbooks.find((workbook) => workbook.id === id)?.version;
    expect(latest).toMatchObject({
      "dagster_sigma/version": { __typename: "IntMetadataEntry", intValue: version },
      "dagster_sigma/updated_at": { __typename: "TimestampMetadataEntry" },
      "dagster_sigma/web_url": { __typename: "UrlMetadataEntry" },
      "dagster_sigma/updated_by": { text: expect.stringContaining("@") },
      "dagster_sigma/changes": { __typename: "TextMetadataEntry" },
    });
    // Two more evaluations later, this asset has no third observation, and no other asset has a second one.
    const ticksBefore = (await sensorTicks(dagster, "sigma_activity")).length;
    await until(
      () => sensorTicks(dagster, "sigma_activity"),
      (all) => all.length >= ticksBefore + 2,
    );
    const later = await observations(dagster);
    expect([...later].filter(([, events]) => events.length > 1)).toEqual([[key, second.get(key)]]);

    const [failed] = await until(
      () => sensorTicks(dagster, "broken"),
      (all) => all.length > 1,
    );
    expect(failed?.status).toBe("FAILURE");
    expect(failed?.error?.message).toContain("RangeError: nothing here");
    expect(failed?.error?.stack.join("")).toMatch(/sensors\.test\.ts/);
    expect([...new Set(cursors)]).toEqual([null, "before"]);
    expect(failed?.cursor ?? "before").toBe("before");

    const evaluated = await until(
      () => checkResults(dagster, key),
      (results) => results.length >= 2,
    );
    expect(evaluated).toEqual([
      { name: "no_archived_upstream", status: "SUCCEEDED" },
      { name: "not_stale", status: "FAILED" },
    ]);
  }, 180_000);
});

const hostileEvent = new AssetMaterialization({
  assetKey: ["told", "by a sensor 😀"],
  description: '"quoted" \\ \u2028',
  tags: { __class__: "Nonsense" },
  metadata: {
    __class__: "Nonsense",
    data: MetadataValue.json({ __enum__: "A.B", deep: [{ __set__: ["é"] }] }),
    "emoji 😀": "𝄞",
    long: "é".repeat(1_000_000),
  },
});

async function checkResults(dagster: RunningDagster, key: string): Promise<readonly object[]> {
  const { assetNodeOrError } = await dagster.graphql<{
    readonly assetNodeOrError: {
      readonly assetChecksOrError: {
        readonly checks: readonly {
          readonly name: string;
          readonly executionForLatestMaterialization: { readonly status: string } | null;
        }[];
      };
    };
  }>(
    `query Checks($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode { assetChecksOrError {
      ... on AssetChecks { checks { name executionForLatestMaterialization { status } } }
    } } } }`,
    { key: { path: key.split("/") } },
  );
  return assetNodeOrError.assetChecksOrError.checks
    .flatMap(({ name, executionForLatestMaterialization: execution }) =>
      execution === null ? [] : [{ name, status: execution.status }],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Queries until the answer is as expected. */
async function until<Answer>(
  ask: () => Promise<Answer>,
  isEnough: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = Date.now() + 60_000;
  for (let answer = await ask(); ; answer = await ask()) {
    if (isEnough(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(
        `No expected answer within 60 s. The last answer: ${JSON.stringify(answer instanceof Map ? [...answer.keys()] : answer)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
