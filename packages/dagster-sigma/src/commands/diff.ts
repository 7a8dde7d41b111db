import { EnvVar } from "@dagster-sigma/asset-graph";
import { diffCsv, diffMarkdown } from "@dagster-sigma/asset-graph/difference";
import {
  type AssetsDiff,
  diffAssets,
  loadSigmaAssetSpecs,
  SigmaOrganization,
} from "@dagster-sigma/sigma-assets";
import { Command, Option } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { diffJson } from "../json/diff-json.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { csvLines } from "../terminal/csv-lines.ts";
import { formatDiff } from "../terminal/diff-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

const formats = ["text", "markdown", "csv", "json"] as const;

interface DiffOptions extends GlobalOptions {
  readonly workbookColumns?: boolean;
  readonly exitCode?: boolean;
  readonly output: (typeof formats)[number];
}

/** `dagster-sigma diff OLD NEW`: prints the differences between two states of an organization. */
export function diffCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command("diff")
    .description("Print the differences between two snapshots or states, and what they break.")
    .argument("<old>", "a snapshot or state file")
    .argument("<new>", "a later one of the same organization")
    .option("--workbook-columns", "compare columns of workbooks too")
    .option("--exit-code", "exit with code 3 if there are differences")
    .addOption(new Option("-o, --output <format>", "format of the output").choices(formats).default("text"))
    .action(async (old: string, now: string, _options: GlobalOptions, command: Command) => {
      const options = command.optsWithGlobals<DiffOptions>();
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
      const text = {
        json: () => formatJson(diffJson(diff)),
        markdown: () => diffMarkdown(diff, "What changed"),
        csv: () => csvLines(diffCsv(diff)),
        text: () => formatDiff(diff, terminal),
      }[options.json === true ? "json" : options.output];
      terminal.out(text());
      exitWith(options.exitCode === true && !isEmpty(diff) ? exitCodes.found : exitCodes.fine);
    });
}

function isEmpty({ added, removed, changed }: AssetsDiff): boolean {
  return added.length + removed.length + changed.length === 0;
}
