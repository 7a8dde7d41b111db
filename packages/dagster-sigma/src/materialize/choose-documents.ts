import type { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import {
  type ExecutionOptions,
  type MaterializeTarget,
  SigmaExecution,
  SigmaOrganization,
  targetOfAsset,
} from "@dagster-sigma/sigma-assets";
import { findAsset } from "../choose/find-asset.ts";
import { CommandError } from "../errors.ts";

/** An asset whose document is materialized. */
export interface ChosenDocument {
  readonly spec: AssetSpec;
  readonly target: MaterializeTarget;
  readonly organization: SigmaOrganization;
  /** Those of the definitions; the command's own options take precedence. */
  readonly options: ExecutionOptions;
}

/**
 * The documents of assets given by key or name.
 *
 * @throws CommandError `ASSET_NOT_FOUND`, `ASSET_NOT_MATERIALIZABLE`
 */
export function documentsOfKeys(
  definitions: Definitions,
  keys: readonly string[],
): readonly ChosenDocument[] {
  const specs = new Set(keys.map((key) => findAsset(definitions.assetGraph, key).spec));
  return [...specs].map((spec) => {
    const document = documentOf(definitions, spec);
    if (document !== null) return document;
    throw new CommandError(
      "ASSET_NOT_MATERIALIZABLE",
      `The asset "${spec.key.toUserString()}" is neither a workbook nor a data model of a Sigma organization.`,
      "Sigma materializes elements of workbooks and data models. With -f, the organization must be among the resources.",
    );
  });
}

/** The documents among selected assets. */
export function documentsOfSelection(
  definitions: Definitions,
  selected: ReadonlySet<string>,
): readonly ChosenDocument[] {
  return definitions.assets
    .filter(({ key }) => selected.has(key.toString()))
    .flatMap((spec) => documentOf(definitions, spec) ?? []);
}

function documentOf(definitions: Definitions, spec: AssetSpec): ChosenDocument | null {
  const { execution } = spec;
  if (execution instanceof SigmaExecution) {
    const { target, options } = execution;
    return { spec, target, options, organization: execution.organizationOf(definitions.resources) };
  }
  const found = targetOfAsset(spec);
  const organization = organizationOf(definitions, spec);
  if (found === null || organization === null) return null;
  const { target, elements } = found;
  return { spec, target, organization, options: elements === undefined ? {} : { elements } };
}

/** The organization that loaded the asset, or the only one. */
function organizationOf({ resources }: Definitions, { origin }: AssetSpec): SigmaOrganization | null {
  const organizations = Object.values(resources).filter((resource) => resource instanceof SigmaOrganization);
  const [only] = organizations;
  const loader = organizations.find(({ loadReports }) =>
    loadReports.some((report) => report === origin?.load),
  );
  return loader ?? (organizations.length === 1 ? (only ?? null) : null);
}
