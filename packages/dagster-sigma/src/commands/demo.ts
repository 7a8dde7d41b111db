import { Definitions } from "@dagster-sigma/asset-graph";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { Command } from "commander";
import { ProgressLine } from "../terminal/progress-line.ts";
import { formatReport } from "../terminal/report-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** `dagster-sigma demo`: what `npm start` runs. */
export function demoCommand(terminal: Terminal): Command {
  return new Command("demo")
    .description("Load a sample organization over real HTTP and print its asset graph.")
    .action(async () => {
      const sandbox = await startSandbox({ organization: buildSampleCompany() });
      const progress = new ProgressLine(terminal);
      try {
        const { baseUrl, clientId, clientSecret, organization } = sandbox;
        terminal.out(`${organization.name}, a sample Sigma organization, answers at ${baseUrl}\n\n`);
        const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
        const assets = await loadSigmaAssetSpecs(sigma, { onProgress: (state) => progress.update(state) });
        progress.clear();
        terminal.out(formatReport(new Definitions({ assets, resources: { sigma } }), terminal));
        terminal.out(formatNextSteps(terminal));
      } finally {
        progress.clear();
        await sandbox.close();
      }
    });
}

function formatNextSteps({ colors }: Terminal): string {
  const { bold, dim } = colors;
  return [
    `\n${bold("What to try next")}\n`,
    `  npx dagster-sigma sandbox      ${dim("keeps this organization running, and tells how to ask it things")}\n`,
    `  npx dagster-sigma assets       ${dim("your own: set SIGMA_BASE_URL, SIGMA_CLIENT_ID and SIGMA_CLIENT_SECRET first")}\n`,
    `  npx dagster-sigma show KEY     ${dim("one asset, with all that feeds it and all that it feeds")}\n`,
    `  examples/                      ${dim("definitions in TypeScript, from the first graph to a translator of your own")}\n`,
  ].join("");
}
