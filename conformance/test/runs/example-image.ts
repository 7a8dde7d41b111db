import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ContainerImage, readDockerfile } from "../../src/containers/read-dockerfile.ts";
import { conformanceFolder } from "../../src/python/conformance-folder.ts";
import { bin } from "../../src/serving/start-serving.ts";

const root = dirname(conformanceFolder);

/** The folder of the example whose image carries the code location and its runs. */
const exampleFolder = join(root, "examples", "with-dagster");

/** The image of the example, as a folder of this machine. */
export interface ImageFolder {
  readonly image: ContainerImage;
  /** Stands for `/app`. */
  readonly app: string;
  /** Environment of its processes, with nothing of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** A text of the image with the folders of this machine. */
  readonly here: (text: string) => string;
}

/**
 * Makes what the Dockerfile of the example installs, from the packages of this checkout and an environment with Dagster.
 *
 * @param python interpreter of the environment
 */
export function createImageFolder(folder: string, python: string): ImageFolder {
  const app = join(folder, "app");
  const venv = join(folder, "opt", "dagster");
  const image = readDockerfile(readFileSync(join(exampleFolder, "Dockerfile"), "utf8"));
  const here = (text: string): string => text.replaceAll("/app", app).replaceAll("/opt/dagster", venv);
  // What `npm install` and `pip install` do.
  const programs = join(app, "node_modules", ".bin");
  mkdirSync(programs, { recursive: true });
  symlinkSync(bin, join(programs, "dagster-sigma"));
  spawnSync(python, ["-m", "venv", "--without-pip", venv]);
  const packages = evaluate(
    join(venv, "bin", "python"),
    "import sysconfig; print(sysconfig.get_path('purelib'))",
  );
  const installed = evaluate(python, "import sysconfig; print(sysconfig.get_path('purelib'))");
  writeFileSync(
    join(packages, "test.pth"),
    `${installed}\n${join(root, "packages", "dagster-typescript")}\n`,
  );
  for (const name of ["state", "home"]) mkdirSync(join(app, name));
  // Of the base images: the programs of the system, and Node.
  const basePath = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
  const variables = Object.entries(image.env).map(([name, value]) => [
    name,
    here(value).replace("$PATH", basePath),
  ]);
  return { image, app, env: { HOME: folder, ...Object.fromEntries(variables) }, here };
}

function evaluate(python: string, program: string): string {
  const { stdout, stderr, status } = spawnSync(python, ["-c", program], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}
