import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { type ProcessResult, runProcess, succeed } from "../python/run-process.ts";
import { locationVariables } from "./location-variables.ts";

/** A project made by `create-dagster`. */
export interface DgProject {
  /** Its folder `defs`. */
  readonly defsFolder: string;
  /** Runs `dg` in it. */
  dg(...args: readonly string[]): Promise<ProcessResult>;
}

/** A workbook with a schedule, if Sigma has one, and an asset whose code throws. */
const definitions = `
import { AssetSpec, Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";
const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
const specs = await loadSigmaAssetSpecs(sigma, { materialize: true, materializeOptions: { firstPollMs: 20, maxPollMs: 100 } });
const throws = new AssetSpec({
  key: "throws", execution: { description: "test", materialize: async () => { throw new TypeError("boom"); } },
});
export default new Definitions({ assets: [...specs, throws], resources: { sigma } });
`;

/** The file in `defs/`, as the guide shows it. */
const sigmaModule = (executor: string): string => `import dagster as dg
from dagster_typescript import load_definitions


@dg.definitions
def sigma():
    return load_definitions("../../../definitions.ts"${executor})
`;

const executors = { in_process_executor: ", executor=dg.in_process_executor", default: "" } as const;

/**
 * Creates a project with `definitions.ts` (assets of Sigma, and `throws`), and a file in `defs/` that loads it by the wheel of dagster-typescript, which is
 * installed outside the shared environment.
 *
 * @param options.python interpreter of the environment `dagster-dg`
 * @throws Error if the project cannot be created
 */
export async function createDgProject(options: {
  readonly python: string;
  /** An empty folder. */
  readonly folder: string;
  readonly sigma: Parameters<typeof locationVariables>[0];
  /** Default: `in_process_executor`, as in the guide. */
  readonly executor?: keyof typeof executors;
}): Promise<DgProject> {
  const { python, folder, sigma, executor = "in_process_executor" } = options;
  const project = join(folder, "company");
  const packages = join(folder, "packages");
  await installWheel(python, join(folder, "wheel"), packages);
  const dagsterHome = join(folder, "dagster-home");
  mkdirSync(dagsterHome);
  writeFileSync(join(dagsterHome, "dagster.yaml"), "telemetry:\n  enabled: false\n");
  const programs = dirname(python);
  const env = {
    ...process.env,
    // `src` is what an installation of the project would add.
    ...locationVariables(sigma, { folder, pythonPath: [packages, join(project, "src")] }),
    PATH: `${programs}:${process.env["PATH"]}`,
    DAGSTER_HOME: dagsterHome,
    // Without a request to the package index, and without the user's own settings.
    DAGSTER_DG_UPDATE_CHECK_ENABLED: "0",
    DG_CLI_CONFIG: join(folder, "dg.toml"),
  };
  await succeed(join(programs, "create-dagster"), ["project", project, "--no-uv-sync"], { cwd: folder, env });
  writeFileSync(join(project, "definitions.ts"), definitions);
  const defsFolder = join(project, "src", "company", "defs");
  writeFileSync(join(defsFolder, "sigma.py"), sigmaModule(executors[executor]));
  return { defsFolder, dg: (...args) => runProcess(join(programs, "dg"), args, { cwd: project, env }) };
}

async function installWheel(python: string, folder: string, target: string): Promise<void> {
  const script = join(dirname(conformanceFolder), "scripts", "build-python.mjs");
  await succeed(process.execPath, [script, folder]);
  const wheels = readdirSync(folder).map((name) => join(folder, name));
  await succeed(python, [
    "-m",
    "pip",
    "install",
    "-q",
    "--no-deps",
    "--no-index",
    "--target",
    target,
    ...wheels,
  ]);
}
