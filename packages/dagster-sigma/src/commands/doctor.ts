import { Definitions } from "@dagster-sigma/asset-graph";
import { loadSigmaAssetSpecs } from "@dagster-sigma/sigma-assets";
import type { RawAnswer } from "@dagster-sigma/sigma-client";
import { Command } from "commander";
import { environmentOrganization } from "../definitions/environment-organization.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Recording } from "../recording/recording.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import { formatRoutes, RouteCounts } from "../terminal/routes-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface DoctorOptions extends GlobalOptions {
  readonly record?: string;
}

/**
 * `dagster-sigma doctor`: prints how the organization's API answers, by route; `--record` saves anonymized answers.
 */
export function doctorCommand(terminal: Terminal): Command {
  return new Command("doctor")
    .description("Load the organization in the environment and print how its API answers, by route.")
    .option("--record <file>", "record all answers to this file, with names, texts, ids and URLs replaced")
    .action(async (_options: DoctorOptions, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>();
      const counts = new RouteCounts();
      const recording = options.record === undefined ? null : await createRecording();
      const onAnswer = (answer: RawAnswer): void => {
        counts.add(answer);
        recording?.add(answer);
      };
      const organization = environmentOrganization(terminal, options, { onAnswer });
      const progress = new ProgressLine(terminal, options);
      try {
        const assets = await loadSigmaAssetSpecs(organization, {
          workbookColumns: true,
          onProgress: (state) => progress.update(state),
        });
        const definitions = new Definitions({ assets, resources: { sigma: organization } });
        progress.clear();
        terminal.out(
          options.json === true
            ? `${JSON.stringify({ routes: counts.rows(), recorded: recording?.count ?? null })}\n`
            : formatRoutes(definitions, counts, terminal),
        );
      } finally {
        progress.clear();
        // Saved even after a failure, because a bug report needs the answers up to it.
        if (recording !== null && options.record !== undefined) {
          await recording.save(options.record);
          terminal.err(`${recording.count} anonymized answers were written to ${options.record}.\n`);
        }
      }
    });
}

/** Imported on demand, because it depends on the sandbox. */
async function createRecording(): Promise<Recording> {
  const { Recording } = await import("../recording/recording.ts");
  return new Recording();
}
