import {
  type AssetCheckSpec,
  type AssetSpec,
  checkOpName,
  type Definitions,
  opName,
  type SensorDefinition,
  type StepSettings,
} from "@dagster-sigma/asset-graph";
import { executionDigest } from "@dagster-sigma/definitions-host";
import { dropUnsupported } from "../dagster-version/drop-unsupported.ts";
import type { DagsterVersion, HostFeatures } from "../dagster-version/host-features.ts";
import { freshnessPolicyRecord } from "../records/asset-node-record.ts";
import { automationConditionRecord } from "../records/automation-condition-record.ts";
import { metadataByLabel } from "../records/metadata-record.ts";
import { returnedChecks } from "../records/runnable-op.ts";
import { toWireJson } from "../wire/wire-json.ts";
import type { WireValue } from "../wire/wire-record.ts";

/** Version of the document. The Python module `dagster_typescript` refuses other ones. */
const pythonDefinitionsFormat = 2;

/** Checks per op: the time that Dagster takes to load an op grows with the square of their number. */
const checksPerOp = 100;

/**
 * Definitions as a JSON document for the Python module `dagster_typescript`, which makes Dagster's own definitions from it.
 * Fields below `serialized` are in Dagster's own format, as a code location of this package serves them.
 *
 * @param options.file the definitions file, relative to the document, from which steps are run; null for definitions that
 *   are only shown
 * @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED`
 */
export function pythonDefinitionsJson(
  definitions: Pick<Definitions, "assets" | "assetChecks"> & Partial<Pick<Definitions, "sensors">>,
  options: {
    readonly file: string | null;
    readonly generator: string;
    /** Features of the Dagster that loads the document; what it does not have is left out. */
    readonly features: HostFeatures;
    /** Versions of the files that the definitions were made from, by path. Default: not contained. */
    readonly sources?: Readonly<Record<string, string>>;
  },
): string {
  const { features } = options;
  const { assetChecks } = definitions;
  const leftOut = new Map<string, number>();
  const assets = definitions.assets.map((spec) => dropUnsupported(spec, features, leftOut));
  const document: WireValue = {
    format: pythonDefinitionsFormat,
    generator: options.generator,
    file: options.file,
    ...(options.sources === undefined ? {} : { sources: options.sources }),
    sensors: (definitions.sensors ?? []).map(sensorDocument),
    assets: assets.map((spec) => assetDocument(spec, returnedChecks(spec, assetChecks), features.version)),
    checks: assetChecks.flatMap((check) => checkDocument(check)),
  };
  return toWireJson(document);
}

/** Checks that are left out, because neither an asset nor a sensor says that it reports their results. */
export function unreportedChecks({ assets, assetChecks, sensors }: Definitions): readonly AssetCheckSpec[] {
  const idOf = ({ assetKey, name }: AssetCheckSpec): string => `${assetKey} ${name}`;
  const reported = new Set([
    ...assets.flatMap((spec) => returnedChecks(spec, assetChecks).map(idOf)),
    ...sensors.flatMap(({ checks }) => checks.map(idOf)),
  ]);
  return assetChecks.filter((check) => check.execution === null && !reported.has(idOf(check)));
}

/** `spec` has the names of Dagster's parameters. */
function sensorDocument(sensor: SensorDefinition): WireValue {
  const { name, description } = sensor;
  const checks = sensor.checks.filter(({ execution }) => execution === null);
  const ops = Array.from({ length: Math.ceil(checks.length / checksPerOp) }, (_, number) => ({
    name: `reported_by_${name}_${number}`,
    checks: checks.slice(number * checksPerOp, (number + 1) * checksPerOp).map((check) => ({
      name: check.name,
      asset: check.assetKey.path,
      description: check.description,
    })),
  }));
  const interval = Math.max(1, Math.round(sensor.minimumIntervalSeconds));
  return {
    spec: { name, description, minimum_interval_seconds: interval },
    default_status: sensor.defaultStatus.toUpperCase(),
    check_ops: ops,
  };
}

/** A check that is a step of its own. */
function checkDocument(spec: AssetCheckSpec): readonly WireValue[] {
  const { name, assetKey, description, blocking, execution } = spec;
  if (execution === null) return [];
  const op = checkOpName(assetKey, name);
  const digest = executionDigest(spec);
  return [{ name, asset: assetKey.path, op, digest, description, blocking, ...stepSettings(execution) }];
}

function stepSettings({ pool, configSchema }: StepSettings): Readonly<Record<string, WireValue>> {
  return {
    ...(pool == null ? {} : { pool }),
    // A JSON Schema is a JSON value.
    ...(configSchema == null ? {} : { config_schema: configSchema as unknown as WireValue }),
  };
}

function assetDocument(
  spec: AssetSpec,
  checks: readonly AssetCheckSpec[],
  version: DagsterVersion,
): WireValue {
  const host = { version, asset: spec.key.toUserString() };
  return {
    key: spec.key.path,
    op: spec.execution === null ? null : opName(spec.key),
    ...(spec.execution === null ? {} : { digest: executionDigest(spec), ...stepSettings(spec.execution) }),
    deps: spec.deps.map(({ assetKey, metadata }) => ({
      key: assetKey.path,
      serialized: { metadata: metadataByLabel(metadata) },
    })),
    kinds: spec.kinds,
    checks: checks.map(({ name, description, blocking }) => ({ name, description, blocking })),
    // With the names of Dagster's parameters.
    spec: {
      description: spec.description || null,
      group_name: spec.groupName,
      code_version: spec.codeVersion,
      owners: spec.owners,
      tags: spec.tags,
      ...(spec.isVirtual ? { is_virtual: true } : {}),
      ...(spec.skippable ? { skippable: true } : {}),
    },
    serialized: {
      metadata: metadataByLabel(spec.metadata),
      ...(spec.freshnessPolicy === null
        ? {}
        : { freshness_policy: freshnessPolicyRecord(spec.freshnessPolicy) }),
      ...(spec.automationCondition === null
        ? {}
        : { automation_condition: automationConditionRecord(spec.automationCondition.node, host) }),
    },
  };
}
