import { type AssetExecutionContext, AssetSpec, type AssetSpecAttributes } from "@dagster-sigma/asset-graph";
import { ConfigurationError } from "@dagster-sigma/foundation";
import { sigmaLabels } from "../derive/translate/sigma-labels.ts";
import { sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { MaterializeTarget } from "./materialize-target.ts";
import { type ExecutionOptions, SigmaExecution } from "./sigma-execution.ts";
import { targetOfAsset } from "./target-of-asset.ts";

/** Options of {@link buildMaterializeAsset}. */
export interface MaterializeAssetOptions extends ExecutionOptions {
  /** The asset, loaded or written by hand. */
  readonly spec: AssetSpec | AssetSpecAttributes;
  /** The organization, or the name of its resource in the definitions. */
  readonly organization: SigmaOrganization | string;
  /** The workbook or data model (default: the one that the asset represents). */
  readonly document?: MaterializeTarget;
}

/**
 * Makes an asset executable: it materializes a workbook or data model in Sigma.
 *
 *     buildMaterializeAsset({
 *       spec: { key: ["reports", "daily_sales"], deps: [["marts", "orders"]] },
 *       organization: sigma,
 *       document: { type: "workbook", id: "1FIdwZOuiZlCbHEcHuSkKN" },
 *       elements: ["Orders by Day"],
 *     });
 *
 * @throws ConfigurationError `MATERIALIZE_TARGET_UNKNOWN` without a document
 */
export function buildMaterializeAsset(options: MaterializeAssetOptions): AssetSpec {
  const { spec: given, organization, document, ...rest } = options;
  const spec = given instanceof AssetSpec ? given : new AssetSpec(given);
  const found = document === undefined ? targetOfAsset(spec) : { target: document, elements: undefined };
  if (found === null) throw unknownTarget(spec);
  const elements = rest.elements ?? found.elements;
  return spec.withExecution(
    new SigmaExecution(
      found.target,
      (resources) => resourceOf(organization, resources),
      { ...rest, ...(elements === undefined ? {} : { elements }) },
      organization instanceof SigmaOrganization ? organization.pool : null,
    ),
  );
}

/**
 * Makes the asset of a workbook executable: it materializes all scheduled elements of the workbook. The name and the
 * behavior are those of `build_materialize_workbook_assets_definition` of dagster-sigma for Python, but a workbook without
 * schedules fails with an error that says so, and data models are accepted.
 *
 *     const assets = specs.map((spec) =>
 *       spec.metadata["dagster_sigma/materialization_schedules"] === undefined
 *         ? spec
 *         : buildMaterializeWorkbookAssetsDefinition("sigma", spec),
 *     );
 *
 * @param resourceKey name of the organization among the resources of the definitions
 * @param options limits, and the elements to materialize (default: all that have a schedule)
 * @throws ConfigurationError `MATERIALIZE_TARGET_UNKNOWN` if the asset is neither a workbook nor a data model
 */
export function buildMaterializeWorkbookAssetsDefinition(
  resourceKey: string,
  spec: AssetSpec,
  options: ExecutionOptions = {},
): AssetSpec {
  return buildMaterializeAsset({ ...options, spec, organization: resourceKey });
}

function resourceOf(
  organization: SigmaOrganization | string,
  resources: AssetExecutionContext["resources"],
): SigmaOrganization {
  const found = typeof organization === "string" ? resources[organization] : organization;
  if (found instanceof SigmaOrganization) return found;
  throw new ConfigurationError({
    code: "MATERIALIZE_RESOURCE_MISSING",
    message: `The definitions have no SigmaOrganization under the resource name "${String(organization)}".`,
    hint: "Add it to the resources of the definitions.",
  });
}

function unknownTarget(spec: AssetSpec): ConfigurationError {
  const object = sigmaObjectOf(spec);
  const what = object === null ? "is not a document in Sigma" : `is a ${object.type} in Sigma`;
  return new ConfigurationError({
    code: "MATERIALIZE_TARGET_UNKNOWN",
    message: `The asset "${spec.key.toUserString()}" ${what}, so that it cannot be materialized there.`,
    hint: `Pass a workbook or data model as \`document\`, or an asset loaded from one (with \`${sigmaLabels.workbookId}\`).`,
  });
}
