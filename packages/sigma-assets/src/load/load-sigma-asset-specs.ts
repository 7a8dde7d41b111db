import type { AssetSpec, LoadReport } from "@dagster-sigma/asset-graph";
import { type Diagnostic, sortDiagnostics } from "@dagster-sigma/foundation";
import { buildDiagnostic, explainDiagnostics } from "../derive/diagnostics/diagnostic-codes.ts";
import type { SigmaWorkbook } from "../derive/objects/organization-objects.ts";
import { checkTranslator } from "../derive/translate/check-translator.ts";
import { DagsterSigmaTranslator } from "../derive/translate/dagster-sigma-translator.ts";
import { checkOwnerRules } from "../derive/translate/owner-rules.ts";
import { translateOrganization } from "../derive/translate/translate-organization.ts";
import { fetchState } from "../fetch/fetch-state.ts";
import { writeSnapshot } from "../fetch/store/snapshot-file.ts";
import type { UpstreamMatcher } from "../fetch/table-matchers/upstream-matcher.ts";
import { SigmaFilter } from "../filter/sigma-filter.ts";
import { attachExecutions } from "../materialize/attach-executions.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { LoadedUpstream } from "../state/loaded-upstream.ts";
import type { OrganizationState, StateOptions, UpstreamState } from "../state/organization-state.ts";
import {
  type FetchSigmaOptions,
  type LoadSigmaAssetSpecsOptions,
  resolveStateOptions,
} from "./load-options.ts";
import { loadOrganization } from "./load-organization.ts";
import { organizationName } from "./organization-name.ts";

/**
 * Loads the asset specs of a Sigma organization: one for each workbook, data model and dataset.
 *
 *     const assets = await loadSigmaAssetSpecs(sigma, { groupByFolder: true });
 *
 * Problems with single objects do not fail the load; they are diagnostics of the load report in `organization.loadReports`.
 *
 * @throws SigmaError if the organization cannot be listed; ConfigurationError for invalid options; SnapshotError;
 *   TranslatorError; StateError; `TIME_BUDGET_SPENT`
 */
export async function loadSigmaAssetSpecs(
  organization: SigmaOrganization,
  options: LoadSigmaAssetSpecsOptions = {},
): Promise<readonly AssetSpec[]> {
  const startedMs = performance.now();
  const stateOptions = resolveStateOptions(options);
  const ownerRules = checkOwnerRules(options.ownerRules ?? []);
  const translator = checkTranslator(options.dagsterSigmaTranslator ?? new DagsterSigmaTranslator());
  const loaded = await loadOrganization(organization, stateOptions, options);
  const { objects, diagnostics, outcomes } = loaded.joined;
  const { organizationId } = loaded.header;
  const translated = translateOrganization(
    objects,
    loaded.lineage,
    translator,
    {
      rawMetadata: options.rawMetadata ?? false,
      customSql: options.customSql ?? false,
      keys: { strategy: options.keyStrategy ?? "name", renames: options.renames ?? {} },
      upstream: await loadUpstream(options.upstream ?? [], loaded.upstreams),
      groupByFolder: options.groupByFolder ?? false,
      virtual: options.virtual,
      ownerRules,
    },
    organizationId,
  );
  const executable = attachExecutions(translated.specs, objects, organization, {
    selected: options.materialize ?? false,
    options: options.materializeOptions ?? {},
  });
  // Sigma may return only what the credentials can see.
  const seesAll =
    loaded.header.options.visibility === "organization" &&
    !diagnostics.some(({ code }) => code === "VISIBILITY_LIMITED");
  const reported = sortDiagnostics([
    ...diagnostics,
    ...translated.diagnostics,
    ...unmatchedDiagnostics(objects.workbooks, stateOptions),
  ]);
  const report: LoadReport = {
    source: loaded.source,
    organization: organizationName(objects, organizationId),
    snapshotFile: loaded.snapshotFile,
    stateFile: loaded.stateFile,
    requests: loaded.requests,
    notes: [...loaded.notes, ...executable.notes],
    diagnostics: reported,
    explanations: explainDiagnostics(reported),
    wallMs: Math.round(performance.now() - startedMs),
    fetchedAt: loaded.header.fetchedAt,
    scope: seesAll ? null : "as the credentials see it",
    matches: translated.matches,
    outcomes,
  };
  organization.addLoadReport(report);
  return executable.specs.map((spec) =>
    spec.withOrigin({
      label: spec.origin?.label ?? spec.key.toUserString(),
      load: report,
      object: spec.origin?.object ?? null,
    }),
  );
}

/**
 * Fetches an organization and writes it to a snapshot file for `snapshotPath`.
 *
 * @throws SigmaError if the organization cannot be listed; SnapshotError `SNAPSHOT_NOT_WRITABLE`
 */
export async function saveSigmaSnapshot(
  organization: SigmaOrganization,
  file: string,
  options: FetchSigmaOptions = {},
): Promise<OrganizationState> {
  const { state } = await fetchState(organization, resolveStateOptions(options), options);
  await writeSnapshot(file, state);
  return state;
}

function loadUpstream(
  matchers: readonly UpstreamMatcher[],
  upstreams: readonly UpstreamState[],
): Promise<readonly LoadedUpstream[]> {
  const answers = new Map(upstreams.map(({ id, assets }) => [id, assets]));
  return Promise.all(matchers.map(({ name, load }) => load(answers.get(name) ?? null)));
}

function unmatchedDiagnostics(
  workbooks: readonly SigmaWorkbook[],
  options: StateOptions,
): readonly Diagnostic[] {
  const rows = workbooks.map(({ properties }) => properties);
  return new SigmaFilter(options).unmatched(rows).map(({ option, path }) => {
    const name = path.join("/");
    const object = { type: "filter", id: option, name, url: null };
    return buildDiagnostic("FILTER_MATCHED_NOTHING", object, `${option}: no workbook matches "${name}".`);
  });
}
