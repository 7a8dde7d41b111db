import { type AssetSpec, EnvVar } from "@dagster-sigma/asset-graph";
import { isStateFile, loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { CommandError } from "../errors.ts";
import type { ChangedFiles } from "../impact/changed-files.ts";

/** The assets of an organization before and after a change. */
export interface StatesOfOrganization {
  readonly before: readonly AssetSpec[];
  readonly after: readonly AssetSpec[];
}

/**
 * Loads two snapshots or states. The organization is never contacted.
 *
 * @throws SnapshotError `SNAPSHOT_UNREADABLE`, `SNAPSHOT_BROKEN`, `SNAPSHOT_TOO_NEW`
 */
export async function loadStates(
  { from, to }: ChangedFiles,
  workbookColumns: boolean,
): Promise<StatesOfOrganization> {
  const nobody = new SigmaOrganization({
    baseUrl: EnvVar("-"),
    clientId: EnvVar("-"),
    clientSecret: EnvVar("-"),
  });
  const load = (snapshotPath: string): Promise<readonly AssetSpec[]> =>
    loadSigmaAssetSpecs(nobody, { snapshotPath, workbookColumns });
  const [before, after] = await Promise.all([load(from), load(to)]);
  return { before, after };
}

/**
 * Whether two files are snapshots or states of Sigma, not files of dbt.
 *
 * @throws CommandError `WRONG_USE` if only one is
 */
export async function areStates({ from, to }: ChangedFiles): Promise<boolean> {
  const [isFrom, isTo] = await Promise.all([isStateFile(from), isStateFile(to)]);
  if (isFrom !== isTo)
    throw new CommandError(
      "WRONG_USE",
      `${isFrom ? from : to} is a state of Sigma, and ${isFrom ? to : from} is not.`,
      "--from and --to are two manifests, two catalogs, or two states.",
    );
  return isFrom;
}
