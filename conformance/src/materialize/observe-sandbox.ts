import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import type { ObservedSide } from "./materialize-case.ts";

/** What the sandbox saw of one side. */
export function observeSandbox({
  log,
  materializations,
  organization,
}: Sandbox): Pick<ObservedSide, "starts" | "calls" | "materialized"> & { readonly started: number } {
  const calls = Object.entries(log.counts)
    .filter(([route]) => route !== "POST /v2/auth/token")
    .reduce((sum, [, count]) => sum + count, 0);
  const { started } = materializations;
  const documents = [...organization.workbooks, ...organization.dataModels];
  const sheets = documents.flatMap((document) =>
    document.content.schedules.map(({ element: { sheetId } }) => ({
      document,
      starts: started.filter((one) => one.documentId === document.id && one.sheetId === sheetId),
    })),
  );
  const isReady = ({ document, starts }: (typeof sheets)[number]): boolean =>
    starts.some(({ materializationId }) => {
      // Without a duration, a materialization proceeds with each request.
      for (let request = 0; request < 3; request++) materializations.status(document, materializationId);
      const { status, readyAt } = materializations.status(document, materializationId);
      return status.toLowerCase() === "ready" || readyAt !== undefined;
    });
  return {
    starts: sheets.map(({ starts }) => starts.length).sort((a, b) => b - a),
    calls,
    started: started.length,
    materialized: sheets.filter(isReady).length,
  };
}
