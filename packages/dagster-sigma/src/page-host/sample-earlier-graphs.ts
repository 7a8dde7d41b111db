import type { Definitions } from "@dagster-sigma/asset-graph";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import type { EarlierGraph, EarlierGraphs, LoadedEarlierGraph } from "@dagster-sigma/web-ui";

const dayMs = 86_400_000;

/**
 * The sample organization as it was a day ago: the page can compare with it. It is loaded when someone asks for it.
 *
 * @param load loads the definitions from a server
 */
export function sampleEarlierGraphs(load: (sandbox: Sandbox) => Promise<Definitions>): EarlierGraphs {
  const fetchedAt = new Date(Date.now() - dayMs).toISOString();
  const yesterday: EarlierGraph = { id: fetchedAt, fetchedAt, file: null };
  let loading: Promise<LoadedEarlierGraph> | null = null;
  return {
    list: async () => [yesterday],
    load: () => {
      loading ??= loadYesterday(load);
      return loading;
    },
    close: async () => undefined,
  };
}

async function loadYesterday(load: (sandbox: Sandbox) => Promise<Definitions>): Promise<LoadedEarlierGraph> {
  const { buildSampleCompany, mutateOrganization, startSandbox } = await import(
    "@dagster-sigma/sigma-sandbox"
  );
  const { pageOutlet } = await import("@dagster-sigma/web-ui");
  const startedMs = performance.now();
  const organization = buildSampleCompany();
  const today = new Map(organization.workbooks.map(({ id, version }) => [id, version]));
  // Seen from today: a workbook is gone, one was renamed, one lost a column, one is new.
  mutateOrganization(organization, "create workbook", 4);
  mutateOrganization(organization, "rename workbook", 3);
  mutateOrganization(organization, "add column", 9);
  mutateOrganization(organization, "delete workbook", 14);
  for (const workbook of organization.workbooks) {
    const changed = workbook as { version: number };
    if (workbook.version !== (today.get(workbook.id) ?? workbook.version)) changed.version -= 2;
  }
  const sandbox = await startSandbox({ organization });
  try {
    const content = pageOutlet().encode(await load(sandbox));
    return { content, wallMs: performance.now() - startedMs };
  } finally {
    await sandbox.close();
  }
}
