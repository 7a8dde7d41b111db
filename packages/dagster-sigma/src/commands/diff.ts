import { EnvVar } from "@dagster-sigma/asset-graph";
import { diffAssets, loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { Command } from "commander";
import type { GlobalOptions } from "../options/global-options.ts";
import { formatDiff } from "../terminal/diff-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** `dagster-sigma diff OLD NEW`: prints the differences between two states of an organization. */
export function diffCommand(terminal: Terminal): Command {
  return new Command("diff")
    .description(
      "Print the differences between two snapshots or states: added, removed, renamed and rewired assets.",
    )
    .argument("<old>", "a snapshot or state file")
    .argument("<new>", "a later one of the same organization")
    .option("--workbook-columns", "compare columns of workbooks too")
    .action(async (old: string, now: string, _options: GlobalOptions, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { readonly workbookColumns?: boolean }>();
      // Both sides are files, so the organization is never contacted.
      const nobody = new SigmaOrganization({
        baseUrl: EnvVar("-"),
        clientId: EnvVar("-"),
        clientSecret: EnvVar("-"),
      });
      const [before, after] = await Promise.all(
        [old, now].map((snapshotPath) =>
          loadSigmaAssetSpecs(nobody, { snapshotPath, workbookColumns: options.workbookColumns === true }),
        ),
      );
      const diff = diffAssets(before ?? [], after ?? []);
      terminal.out(options.json === true ? `${JSON.stringify(diff)}\n` : formatDiff(diff, terminal));
    });
}
