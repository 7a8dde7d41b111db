import {
  type AssetCheckSpec,
  type AssetSpec,
  checkOpName,
  type Definitions,
  opName,
  type StepSettings,
} from "@dagster-sigma/asset-graph";
import { executionDigest } from "@dagster-sigma/definitions-host";
import { dropUnsupported } from "../dagster-version/drop-unsupported.ts";
import type { DagsterVersion, HostFeatures } from "../dagster-version/host-features.ts";
import { freshnessPolicyRecord } from "../records/asset-node-record.ts";
import { automationConditionRecord } from "../records/automation-condition-record.ts";
import { metadataByLabel } from "../records/metadata-record.ts";
import { toWireJson } from "../wire/wire-json.ts";
import type { WireValue } from "../wire/wire-record.ts";

/** Version of the document. The Python module `dagster_typescript` refuses other ones. */
export const pythonDefinitionsFormat = 1;

/**
 * Definitions as a JSON document for the Python module `dagster_typescript`, which makes Dagster's own definitions from it.
 * Fields below `serialized` are in Dagster's own format, as a code location of this package serves them.
 *
 * @param options.file the definitions file, relative to the document, from which steps are run; null for definitions that
 *   are only shown
 * @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED`
 */
export function pythonDefinitionsJson(
  definitions: Pick<Definitions, "assets" | "assetChecks">,
  options: {
    readonly file: string | null;
    readonly generator: string;
    /** Features of the Dagster that loads the document; what it does not have is left out. */
    readonly features: HostFeatures;
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
    assets: assets.map((spec) => assetDocument(spec, checksOf(spec, assetChecks), features.version)),
    checks: assetChecks.flatMap((check) => checkDocument(check)),
  };
  return toWireJson(document);
}

/** Checks whose results sensors report are left out: a Python location does not evaluate these sensors. */
export function reportedChecks({ assets, assetChecks }: Definitions): readonly AssetCheckSpec[] {
  const executed = new Set(assets.flatMap((spec) => checksOf(spec, assetChecks)));
  return assetChecks.filter((check) => check.execution === null && !executed.has(check));
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

/** The checks whose results the code of an asset returns. */
function checksOf(
  { key, execution }: AssetSpec,
  checks: readonly AssetCheckSpec[],
): readonly AssetCheckSpec[] {
  const names = execution?.checks ?? [];
  return names.length === 0
    ? []
    : checks.filter(
        ({ assetKey, name, execution: own }) => own === null && assetKey.equals(key) && names.includes(name),
      );
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
    description: spec.description || null,
    group: spec.groupName,
    code_version: spec.codeVersion,
    owners: spec.owners,
    tags: spec.tags,
    kinds: spec.kinds,
    checks: checks.map(({ name, description, blocking }) => ({ name, description, blocking })),
    ...(spec.isVirtual ? { is_virtual: true } : {}),
    ...(spec.skippable ? { skippable: true } : {}),
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
