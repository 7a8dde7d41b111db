import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packWorkspaces } from "./pack-workspaces.mjs";

/**
 * Packs the packages as npm would publish them, and installs them into a folder, as a user would.
 *
 * @param {string} root
 * @param {string} folder an empty folder
 */
export function installPackages(root, folder) {
  mkdirSync(join(folder, "tarballs"), { recursive: true });
  const files = [...packWorkspaces(root)]
    .filter(([name]) => !name.includes("conformance"))
    .map(([name, { tarball }]) => {
      const file = join(folder, "tarballs", `${name.replace(/\W+/g, "-")}.tgz`);
      writeFileSync(file, tarball);
      return file;
    });
  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}\n');
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...files], {
    cwd: folder,
    stdio: "pipe",
  });
}
