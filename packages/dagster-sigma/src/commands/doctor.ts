import { Definitions } from "@dagster-sigma/asset-graph";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  withLoadEnvironment,
} from "@dagster-sigma/sigma-assets";
import type { RawAnswer } from "@dagster-sigma/sigma-client";
import { Command } from "commander";
import { environmentOrganization } from "../definitions/environment-organization.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Recording } from "../recording/recording.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface DoctorOptions extends GlobalOptions {
  readonly record?: string;
  readonly signIn?: boolean;
  /** True without base URLs of the user's own. */
  readonly findRegion?: true | readonly string[];
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
    .option("--sign-in", "only check that the credentials are accepted, and whose they are")
    .option(
      "--find-region [urls...]",
      "only find the base URL that belongs to the credentials, among Sigma's regions or the given base URLs",
    )
    .action(async (_options: DoctorOptions, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>();
      if (options.findRegion !== undefined)
        return await printRegion(terminal, options, options.findRegion === true ? null : options.findRegion);
      if (options.signIn === true) return await printSignIn(terminal, options);
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
            ? formatJson({ routes: counts.rows(), recorded: recording?.count ?? null })
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

async function printSignIn(terminal: Terminal, options: DoctorOptions): Promise<void> {
  const organization = environmentOrganization(terminal, options);
  const { baseUrl } = organization.identity();
  const { userId, organizationId } = await organization.withSharedClient((client) => client.whoami());
  terminal.out(
    options.json === true
      ? formatJson({ baseUrl, organizationId, userId })
      : `${terminal.colors.green("Signed in")} at ${baseUrl}, as the user ${userId} of the organization ${organizationId}.\n`,
  );
}

async function printRegion(
  terminal: Terminal,
  options: DoctorOptions,
  urls: readonly string[] | null,
): Promise<void> {
  const { findRegion } = await import("../definitions/find-region.ts");
  const { baseUrl, region } = await findRegion(urls);
  terminal.out(
    options.json === true
      ? formatJson({ baseUrl, region })
      : `The credentials belong to ${region ?? baseUrl}. Set it:\n\n  export SIGMA_BASE_URL=${baseUrl}\n`,
  );
}

/** Imported on demand, because it depends on the sandbox. */
async function createRecording(): Promise<Recording> {
  const { Recording } = await import("../recording/recording.ts");
  return new Recording();
}
