import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "@dagster-sigma/sigma-sandbox";
import { buildScheduledCompany } from "../materialize/scheduled-company.ts";
import { pythonEnvironment } from "../python/python-environment.ts";
import { createDgProject } from "./dg-project.ts";

/** A component file whose state is in Dagster's instance. */
const componentFile = `type: dagster_typescript.SigmaComponent
attributes:
  organization:
    base_url: "{{ env.SIGMA_BASE_URL }}"
    client_id: "{{ env.SIGMA_CLIENT_ID }}"
    client_secret: "{{ env.SIGMA_CLIENT_SECRET }}"
  translation: {key_prefix: component}
  defs_state: {management_type: VERSIONED_STATE_STORAGE, refresh_if_dev: false}
`;

/** Commands of `dg`, each with the exit code and the text that it must print. */
const commands: readonly {
  readonly args: readonly string[];
  readonly code: number;
  readonly prints: RegExp;
}[] = [
  { args: ["check", "yaml"], code: 0, prints: /validated successfully/ },
  { args: ["utils", "refresh-defs-state"], code: 0, prints: /refreshed successfully/ },
  { args: ["list", "defs", "--json"], code: 0, prints: /"asset_key": "component\/Workbook_1"/ },
  { args: ["check", "defs"], code: 0, prints: /All definitions loaded successfully/ },
  {
    args: ["list", "defs", "--json"],
    code: 0,
    prints: /"asset_key": "Workbook_1"(.|\n)*"asset_key": "throws"/,
  },
  { args: ["launch", "--assets", "Workbook_1"], code: 0, prints: /Materialized value Workbook_1/ },
  {
    args: ["launch", "--assets", 'key:"throws"'],
    code: 1,
    prints: /node\.TypeError: definitions\.ts:\d+:\d+: boom/,
  },
];

/**
 * Runs the commands of `dg` in a project made by create-dagster, with the executor of the guide and with the default one.
 *
 * @returns what is not as expected
 */
export async function runDg(print: (text: string) => void): Promise<readonly string[]> {
  const python = await pythonEnvironment("dagster-dg");
  if (python === null) throw new Error("Python 3.10 or newer is needed.");
  const sandbox = await startSandbox({ organization: buildScheduledCompany() });
  const problems: string[] = [];
  print("\nA project made by create-dagster 1.13.27, with the wheel of dagster-typescript\n");
  print("| executor | `dg` | exit code | s |");
  print("|---|---|---|---|");
  for (const executor of ["in_process_executor", "default"] as const) {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-dg-"));
    const project = await createDgProject({ python, folder, sigma: sandbox, executor });
    mkdirSync(join(project.defsFolder, "bi"));
    writeFileSync(join(project.defsFolder, "bi", "defs.yaml"), componentFile);
    for (const { args, code, prints } of commands) {
      const begun = performance.now();
      const ended = await project.dg(...args);
      const seconds = (performance.now() - begun) / 1_000;
      print(`| ${executor} | \`${args.join(" ")}\` | ${ended.code} | ${seconds.toFixed(1)} |`);
      if (ended.code !== code || !prints.test(ended.out + ended.err))
        problems.push(`dg ${args.join(" ")}, ${executor}: ${ended.code}: ${ended.out}${ended.err}`);
    }
  }
  await sandbox.close();
  return problems;
}
