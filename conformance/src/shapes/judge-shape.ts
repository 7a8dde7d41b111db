import type { Shape } from "@dagster-sigma/sigma-sandbox";
import { withSandbox } from "../dagster-sigma/compare-case.ts";
import { loadOursWithDiagnostics, type OurLoad, wholeOrganization } from "../dagster-sigma/load-case.ts";
import { type EdgeSet, edgeName, type LineageEdge, ourEdgeSet, trueEdgeSet } from "../lineage-edges.ts";

/** Columns have no effect on edges, and take half of the time. */
const options = { ...wholeOrganization, fetchColumnData: false };

/** The problems of our load of a shape, one sentence each, sorted. */
export async function problemsOfShape(shape: Shape): Promise<readonly string[]> {
  const { organization, variants } = shape;
  const load = await withSandbox(
    organization,
    (sandbox) => loadOursWithDiagnostics(sandbox, options).catch(codeOf),
    variants,
  );
  return typeof load === "string" ? [`the load ends: ${load}`] : problemsOfLoad(shape, load);
}

function codeOf(thrown: unknown): string {
  return String(thrown instanceof Error && "code" in thrown ? thrown.code : thrown);
}

function problemsOfLoad(shape: Shape, load: OurLoad): readonly string[] {
  const { organization, hidden } = shape;
  const [truth, ours] = [trueEdgeSet(organization, hidden), ourEdgeSet(load.assets)];
  const missing = edgesOnlyIn(truth, ours);
  const lost = [...missing, ...edgesOnlyIn(trueEdgeSet(organization), truth)];
  const nameOf = (edge: LineageEdge): string => edgeName(edge, organization);
  return [
    ...missing.map((edge) => `missing: ${nameOf(edge)}`),
    ...edgesOnlyIn(ours, truth).map((edge) => `invented: ${nameOf(edge)}`),
    ...lost.filter((edge) => !isNamed(edge, shape, load)).map((edge) => `silent: ${nameOf(edge)}`),
    ...(lost.length === 0 ? errorsOf(load).map((error) => `error without a loss: ${error}`) : []),
  ].sort();
}

/** Whether a diagnostic names the document that lost an edge, or what it reads. */
function isNamed(
  { from, to }: LineageEdge,
  { organization, hidden }: Shape,
  { diagnostics }: OurLoad,
): boolean {
  // A hidden document has no asset that could lack an edge.
  if (hidden.includes(to)) return true;
  const { workbooks, dataModels, datasets } = organization;
  const names = [...workbooks, ...dataModels, ...datasets].flatMap(({ id, name }) =>
    id === to ? [name] : [],
  );
  return diagnostics.some(
    ({ object, message }) =>
      object?.id === to || object?.id === from || names.some((name) => message.includes(`"${name}"`)),
  );
}

function errorsOf({ diagnostics }: OurLoad): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, object }) => `${code}, ${object?.name}`);
}

function edgesOnlyIn(edges: EdgeSet, others: EdgeSet): readonly LineageEdge[] {
  return [...edges].filter(([key]) => !others.has(key)).map(([, edge]) => edge);
}
