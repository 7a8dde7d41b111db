// `node scripts/node-versions.mjs`, started by `npm run test:long -- packages`: runs the packed packages with several versions of Node,
// whose binaries are npm packages. Prints a table; exits with 1 if something fails.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackages } from "./packaging/installed-packages.mjs";
import { root } from "./source-files.mjs";

/** The oldest supported version, and the newest ones that npm has as packages. */
const versions = ["20.19.0", "22.23.5", "24.22.3"];

const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-node-"));
const app = join(folder, "app");
mkdirSync(app);
installPackages(root, app);
writeFileSync(
  join(app, "definitions.ts"),
  `import { AssetSpec, Definitions } from "dagster-sigma";
interface Named { readonly key: string }
const named: Named = { key: "board" } satisfies Named;
export default new Definitions({ assets: [new AssetSpec({ ...named, deps: [["db", "orders"]] })] });
`,
);

/** What is run, and what its output must contain. */
const tries = [
  ["demo", ["demo"], "36 workbooks"],
  ["assets", ["assets", "-f", "definitions.ts"], "board"],
  ["impact", ["impact", "db/orders", "-f", "definitions.ts"], "1 asset affected"],
  ["init", ["init", "PROJECT", "--yes", "--no-check"], "definitions.ts"],
  ["export", ["export", "dagster-python", "-f", "definitions.ts"], '"board"'],
  ["completion", ["completion", "bash"], "complete -o default"],
];

let failed = 0;
console.log(`| Node | ${tries.map(([name]) => name).join(" | ")} |`);
console.log(`|---|${tries.map(() => "---|").join("")}`);
for (const wanted of versions) {
  const node = installNode(wanted);
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  const cells = tries.map(([, args, expected]) => {
    const words = args.map((word) => (word === "PROJECT" ? join(folder, `project-${version}`) : word));
    const bin = join(app, "node_modules", "dagster-sigma", "bin", "dagster-sigma.js");
    const { status, stdout, stderr } = spawnSync(node, [bin, ...words], { cwd: app, encoding: "utf8" });
    if (status === 0 && stdout.includes(expected)) return "yes";
    failed++;
    console.error(`${version} ${words.join(" ")}: exit code ${status}\n${stderr}`);
    return "no";
  });
  console.log(`| ${version} | ${cells.join(" | ")} |`);
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;

/** Unpacks the binary for this platform from npm; returns its path. */
function installNode(version) {
  const place = join(folder, `node-${version}`);
  mkdirSync(place);
  const name = `node-${process.platform === "darwin" ? "darwin" : "linux"}-${process.arch}`;
  execFileSync("npm", ["pack", `${name}@${version}`, "--pack-destination", place, "--silent"], {
    stdio: "pipe",
  });
  execFileSync("tar", ["xzf", `${name}-${version}.tgz`], { cwd: place });
  const { bin } = JSON.parse(readFileSync(join(place, "package", "package.json"), "utf8"));
  return join(place, "package", typeof bin === "string" ? bin : bin.node);
}
