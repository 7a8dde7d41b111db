import { Definitions } from "@dagster-sigma/asset-graph";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  withLoadEnvironment,
} from "@dagster-sigma/sigma-assets";
import type { RawAnswer } from "@dagster-sigma/sigma-client";
import { Command } from "commander";
import { environmentOrganization } from "../definitions/environment-organization.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Recording } from "../recording/recording.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface DoctorOptions extends GlobalOptions {
  readonly record?: string;
}

/** A recording serves loads with any of these options. */
const allDetails: LoadSigmaAssetSpecsOptions = {
  workbookColumns: true,
  materializationSchedules: true,
  fetchBadges: true,
  spec: true,
};

/**
 * `dagster-sigma doctor`: prints how the organization's API responds, by route; `--record` saves anonymized responses.
 */
export function doctorCommand(terminal: Terminal): Command {
  return new Command("doctor")
    .description("Load the organization in the environment and print how its API responds, by route.")
    .option(
      "--record <file>",
      "record all responses to this file; names, texts and other data of the organization are replaced",
    )
    .action(async (_options: DoctorOptions, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>();
      // Imported on demand, because other commands do not need the table of routes.
      const { formatRoutes, RouteCounts } = await import("../terminal/routes-text.ts");
      const counts = new RouteCounts();
      const recording = options.record === undefined ? null : await createRecording();
      const onAnswer = (answer: RawAnswer): void => {
        counts.add(answer);
        recording?.add(answer);
      };
      const organization = environmentOrganization(terminal, options, { onAnswer });
      const progress = new ProgressLine(terminal, options);
      try {
        // A stored state would be read instead of asking Sigma.
        const assets = await withLoadEnvironment({ stateDir: null }, () =>
          loadSigmaAssetSpecs(organization, {
            ...(recording === null ? { workbookColumns: true } : allDetails),
            onProgress: (state) => progress.update(state),
          }),
        );
        const definitions = new Definitions({ assets, resources: { sigma: organization } });
        progress.clear();
        terminal.out(
          options.json === true
            ? `${JSON.stringify({ routes: counts.rows(), recorded: recording?.count ?? null })}\n`
            : formatRoutes(definitions, counts, terminal),
        );
      } finally {
        progress.clear();
        // Saved even after a failure, because a bug report needs the responses before the failure.
        if (recording !== null && options.record !== undefined) {
          await recording.save(options.record);
          terminal.err(`${recording.count} anonymized responses were written to ${options.record}.\n`);
          if (recording.omitted > 0)
            terminal.err(`${recording.omitted} responses were omitted, because their route is unknown.\n`);
        }
      }
    });
}

/** Imported on demand, because it depends on the sandbox. */
async function createRecording(): Promise<Recording> {
  const { Recording } = await import("../recording/recording.ts");
  return new Recording();
}
