import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { succeed } from "../python/run-process.ts";
import type { ContainerImage } from "./read-dockerfile.ts";

/** The image in a folder of this machine, after its commands. */
export interface InstalledImage {
  /** Stands for `/app`. */
  readonly app: string;
  /** Environment of its processes. */
  readonly env: Readonly<Record<string, string>>;
  /** Its commands, each with its seconds, or why it was not executed. */
  readonly commands: readonly (readonly [string, string])[];
}

const root = dirname(conformanceFolder);

/** Replaced in the commands, because the package is not published yet. */
const published = "npm install --ignore-scripts dagster-sigma";

/**
 * Executes the commands of an image in a folder, with `/app` and `/opt/dagster` in it, and with the packages of this checkout instead
 * of the published ones. Commands that change the system are left out.
 *
 * @throws Error with the output of a command that fails
 */
export async function installImage(image: ContainerImage): Promise<InstalledImage> {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-image-"));
  const app = join(folder, "app");
  mkdirSync(join(folder, "opt"));
  mkdirSync(app);
  const tarballs = await packWorkspaces(join(folder, "tarballs"));
  const here = (text: string): string =>
    text.replaceAll("/app", app).replaceAll("/opt/dagster", join(folder, "opt", "dagster"));
  const commands: (readonly [string, string])[] = [];
  for (const command of image.run) {
    const local = here(command)
      .replace(published, `npm install --ignore-scripts --no-audit --no-fund ${tarballs.join(" ")}`)
      .replace(/chown \S+( \S+)*/, "true");
    if (command.startsWith("apt-get")) commands.push([command, "not executed"]);
    else {
      const begun = performance.now();
      await succeed("sh", ["-c", local], { cwd: app });
      commands.push([command, `${((performance.now() - begun) / 1_000).toFixed(0)} s`]);
    }
  }
  const basePath = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
  const variables = Object.entries(image.env).map(([name, value]) => [
    name,
    here(value).replace("$PATH", basePath),
  ]);
  return { app, env: { HOME: folder, ...Object.fromEntries(variables) }, commands };
}

/** Packs what npm would publish, with the wheel of the Python package; returns the paths. */
async function packWorkspaces(folder: string): Promise<readonly string[]> {
  mkdirSync(folder);
  await succeed(process.execPath, [join(root, "scripts", "build-python.mjs")], { cwd: root });
  const args = ["pack", "--workspaces", "--ignore-scripts", "--pack-destination", folder];
  await succeed("npm", args, { cwd: root });
  return readdirSync(folder)
    .filter((name) => !name.includes("conformance"))
    .map((name) => join(folder, name));
}
