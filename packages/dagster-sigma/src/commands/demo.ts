import { buildAssetsJson, Definitions } from "@dagster-sigma/asset-graph";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { Command } from "commander";
import { ProgressLine } from "../terminal/progress-line.ts";
import { formatReport } from "../terminal/report-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { GlobalOptions } from "./global-options.ts";

/** `dagster-sigma demo`: what `npm start` runs. */
export function demoCommand(terminal: Terminal): Command {
  return new Command("demo")
    .description("Load a sample organization over real HTTP and print its asset graph.")
    .action(async (_options: GlobalOptions, command: Command) => {
      const { json } = command.optsWithGlobals<GlobalOptions>();
      const { buildSampleCompany, startSandbox } = await import("@dagster-sigma/sigma-sandbox");
      const sandbox = await startSandbox({ organization: buildSampleCompany() });
      const progress = new ProgressLine(terminal);
      try {
        const { baseUrl, clientId, clientSecret, organization } = sandbox;
        const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
        const assets = await loadSigmaAssetSpecs(sigma, { onProgress: (state) => progress.update(state) });
        const definitions = new Definitions({ assets, resources: { sigma } });
        progress.clear();
        if (json === true) {
          terminal.out(`${JSON.stringify(buildAssetsJson(definitions))}\n`);
        } else {
          terminal.out(`${organization.name}, a sample Sigma organization, answers at ${baseUrl}\n\n`);
          terminal.out(`${formatReport(definitions, terminal)}${formatNextSteps(terminal)}`);
        }
      } finally {
        progress.clear();
        await sandbox.close();
      }
    });
}

const nextSteps: readonly (readonly [command: string, what: string])[] = [
  ["npx dagster-sigma sandbox", "keeps this organization running, and tells how to ask it things"],
  ["npx dagster-sigma assets", "your own: set SIGMA_BASE_URL, SIGMA_CLIENT_ID and SIGMA_CLIENT_SECRET first"],
  ["npx dagster-sigma show KEY", "one asset, with all that feeds it and all that it feeds"],
  ["examples/", "definitions in TypeScript, from the first graph to a translator of your own"],
];

function formatNextSteps({ colors }: Terminal): string {
  const lines = nextSteps.map(([command, what]) => `  ${command.padEnd(30)} ${colors.dim(what)}\n`);
  return `\n${colors.bold("What to try next")}\n${lines.join("")}`;
}
