import type { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { DagsterSigmaError } from "@dagster-sigma/foundation";
import { diffAssets } from "@dagster-sigma/sigma-assets";
import { Command } from "commander";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { diffJson } from "../json/diff-json.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, type LoadOptions } from "../options/load-options.ts";
import { formatDiff } from "../terminal/diff-text.ts";
import { formatFlow } from "../terminal/graph-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface RefreshOptions extends LoadOptions, GlobalOptions {
  readonly full?: boolean;
  readonly diff?: boolean;
}

/** `dagster-sigma refresh`: updates the saved state of an organization, fetching only what changed. */
export function refreshCommand(terminal: Terminal): Command {
  return addLoadOptions(new Command("refresh"))
    .description("Update the saved state of an organization, fetching only what changed.")
    .option("--full", "fetch everything, ignoring the saved state")
    .option("--diff", "print a summary of the changes")
    .action(async (_options: RefreshOptions, command: Command) => {
      const options = command.optsWithGlobals<RefreshOptions>();
      const before = options.diff === true ? await specsBefore(terminal, options) : null;
      const definitions = await loadDefinitions(
        terminal,
        options,
        options.full === true ? "full" : "changes",
      );
      const diff = before === null ? null : diffAssets(before, sigmaSpecs(definitions));
      const reports = definitions.loadReports;
      const files = reports.flatMap(({ stateFile }) => stateFile ?? []);
      const requests = reports.reduce((sum, report) => sum + report.requests, 0);
      if (options.json === true) {
        terminal.out(formatJson({ files, requests, ...(diff === null ? {} : { diff: diffJson(diff) }) }));
        return;
      }
      terminal.out(`${formatFlow(definitions.assetGraph) || "No assets"}\n`);
      terminal.out(terminal.colors.dim(`refreshed with ${requests} requests: ${files.join(", ")}\n`));
      if (diff !== null) terminal.out(`\n${formatDiff(diff, terminal)}`);
    });
}

/** Null if the saved state cannot be read, and a full refresh replaces it. */
async function specsBefore(
  terminal: Terminal,
  options: RefreshOptions,
): Promise<readonly AssetSpec[] | null> {
  try {
    return sigmaSpecs(await loadDefinitions(terminal, options, "no"));
  } catch (thrown) {
    const isUnreadable = DagsterSigmaError.isInstance(thrown) && thrown.code.startsWith("SNAPSHOT_");
    if (options.full !== true || !isUnreadable) throw thrown;
    terminal.err(`The saved state cannot be read, so that no changes can be printed (${thrown.message}).\n`);
    return null;
  }
}

function sigmaSpecs({ assets }: Definitions): readonly AssetSpec[] {
  return assets.filter(({ origin }) => origin?.object?.tool === "sigma");
}
