import { EnvVar } from "@dagster-sigma/asset-graph";
import { diffAssets, loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { Command } from "commander";
import type { GlobalOptions } from "../options/global-options.ts";
import { formatDiff } from "../terminal/diff-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** `dagster-sigma diff OLD NEW`: what is different between two states of an organization. */
export function diffCommand(terminal: Terminal): Command {
  return new Command("diff")
    .description("Say what is different between two snapshots or states: added, removed, renamed, rewired.")
    .argument("<old>", "a snapshot, or a state")
    .argument("<new>", "another one of the same organization")
    .option("--workbook-columns", "columns of workbooks too")
    .action(async (old: string, now: string, _options: GlobalOptions, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { readonly workbookColumns?: boolean }>();
      // Nobody is asked, so that nobody needs to be named.
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
