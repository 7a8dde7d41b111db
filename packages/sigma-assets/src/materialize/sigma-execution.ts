import {
  type AssetExecution,
  type AssetExecutionContext,
  MaterializeResult,
} from "@dagster-sigma/asset-graph";
import { MaterializeError } from "../errors.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { MaterializeDocumentResult } from "./document-result.ts";
import { materializationMetadata } from "./materialization-metadata.ts";
import { materializeDocument } from "./materialize-document.ts";
import type { MaterializeOptions, MaterializeProgress } from "./materialize-options.ts";
import { describeTarget, type MaterializeTarget } from "./materialize-target.ts";
import { sheetName } from "./scheduled-sheet.ts";

/** Options of a materialization that is started by Dagster, which stops it and shows its progress. */
export interface ExecutionOptions extends Omit<MaterializeOptions, "signal" | "onProgress" | "wait"> {
  /** Dagster's pool of the step (default: that of the organization). */
  readonly pool?: string;
}

/** Materializes a workbook or data model in Sigma. */
export class SigmaExecution implements AssetExecution {
  readonly description: string;
  readonly target: MaterializeTarget;
  readonly options: ExecutionOptions;
  readonly pool: string | null;
  /** Returns the organization of the document, given the resources of the definitions. */
  readonly organizationOf: (resources: AssetExecutionContext["resources"]) => SigmaOrganization;

  /** @param poolOfOrganization the pool if the options name none */
  constructor(
    target: MaterializeTarget,
    organizationOf: (resources: AssetExecutionContext["resources"]) => SigmaOrganization,
    options: ExecutionOptions = {},
    poolOfOrganization: string | null = null,
  ) {
    this.target = target;
    this.organizationOf = organizationOf;
    this.options = options;
    this.pool = options.pool ?? poolOfOrganization;
    this.description = `materializes ${describeElements(options.elements)} in Sigma`;
  }

  readonly materialize = async (context: AssetExecutionContext): Promise<MaterializeResult> => {
    const organization = this.organizationOf(context.resources);
    const result = await organization.withSharedClient((client) =>
      materializeDocument(client, this.target, {
        ...this.options,
        signal: context.signal,
        onProgress: (progress) => logStep(context, progress),
      }),
    );
    context.signal.throwIfAborted();
    if (result.outcome !== "ready") throw notReady(result);
    return new MaterializeResult({
      metadata: materializationMetadata(result),
      dataVersion: result.dataVersion,
    });
  };
}

function describeElements(elements: readonly string[] | undefined): string {
  if (elements === undefined) return "all scheduled elements";
  return `${elements.length} ${elements.length === 1 ? "element" : "elements"}`;
}

function logStep({ log }: AssetExecutionContext, { sheet, target, ...progress }: MaterializeProgress): void {
  const { step, status, materializationId, result } = progress;
  const fields = {
    element: sheetName(sheet),
    document: target.name ?? target.id,
    materializationId,
    ...(status === null ? {} : { status }),
    ...(result === null ? {} : { seconds: result.seconds }),
    ...(target.url == null ? {} : { url: target.url }),
  };
  if (result?.problem != null) log.warn(result.problem.message, fields);
  else if (result !== null) log.info("element is materialized", fields);
  else log.info(step === "started" ? "materialization started" : "materialization goes on", fields);
}

/** Names each sheet that is not ready with its reason, and those that are. */
function notReady({ target, sheets, outcome }: MaterializeDocumentResult): MaterializeError {
  const ready = sheets
    .filter((sheet) => sheet.outcome === "ready")
    .map(({ sheet }) => `"${sheetName(sheet)}"`);
  const others = sheets.filter((sheet) => sheet.outcome !== "ready");
  const reasons = others.map(
    ({ sheet, problem }) => problem?.message ?? `"${sheetName(sheet)}" was not started.`,
  );
  const hints = new Set(others.flatMap(({ problem }) => problem?.hint ?? []));
  const what = outcome === "unknown" ? "It is not known whether all elements of" : "Not all elements of";
  return new MaterializeError({
    code: "MATERIALIZATION_NOT_READY",
    message: `${what} ${describeTarget(target)} were materialized. ${reasons.join(" ")}${
      ready.length === 0 ? "" : ` Materialized: ${ready.join(", ")}.`
    }`,
    hint: hints.size === 0 ? undefined : [...hints].join(" "),
  });
}
