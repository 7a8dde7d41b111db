import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { convert } from "ast-v8-to-istanbul";
import { parseSync } from "oxc-parser";
import { compile } from "../typescript/hooks.mjs";
import { addCounted } from "./statements.mjs";

/**
 * Reads the coverage of Node's processes and threads: of the built files, and of the sources compiled by our module hooks.
 *
 * @param {string} folder the folder of Node's coverage files
 * @param {string} root
 * @returns {Promise<import("./statements.mjs").Statements>}
 */
export async function readProcessCoverage(folder, root) {
  const packages = pathToFileURL(join(root, "packages")).href;
  return await readFolder(folder, async ({ url }) => {
    if (!url.startsWith(packages)) return null;
    const file = fileURLToPath(url);
    if (/\/src\/.*\.ts$/.test(url)) return withInlineMap(await compile(file), url);
    return /\/dist\/.*\.js$/.test(url) ? withMapBeside(file) : null;
  });
}

/**
 * Reads the coverage of the page of web-ui in Chromium.
 *
 * @param {string} folder the folder of the browser tests' coverage files
 * @param {string} built the folder of the page's bundle and its source maps
 * @returns {Promise<import("./statements.mjs").Statements>}
 */
export async function readPageCoverage(folder, built) {
  return await readFolder(folder, ({ url }) => {
    const name = /\/assets\/([\w-]+\.js)$/.exec(url)?.[1];
    return name === undefined ? null : withMapBeside(join(built, "assets", name));
  });
}

async function readFolder(folder, findScript) {
  const statements = new Map();
  const scripts = new Map();
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".json"))) {
    const text = readFileSync(join(folder, name), "utf8");
    // A process that is killed while writing leaves a truncated file.
    if (!text.endsWith("}") && !text.endsWith("}\n")) continue;
    for (const coverage of JSON.parse(text).result) {
      if (!scripts.has(coverage.url)) scripts.set(coverage.url, await findScript(coverage));
      const script = scripts.get(coverage.url);
      if (script === null) continue;
      const counted = await convert({
        ...script,
        wrapperLength: 0,
        coverage: { ...coverage, url: script.url },
      });
      for (const each of Object.values(counted)) addCounted(statements, each);
    }
  }
  return statements;
}

function withMapBeside(file) {
  const code = readFileSync(file, "utf8");
  const sourceMap = JSON.parse(readFileSync(`${file}.map`, "utf8"));
  const url = pathToFileURL(file).href;
  return script(code, { ...sourceMap, sources: absolute(sourceMap.sources, dirname(file)) }, url);
}

function withInlineMap(code, url) {
  const data = code.slice(code.lastIndexOf("base64,") + "base64,".length).trim();
  return script(code, JSON.parse(Buffer.from(data, "base64").toString("utf8")), url);
}

function absolute(sources, folder) {
  return sources.map((source) => join(folder, source));
}

/** @param url of the file; the converter accepts no other URLs, such as that of the page */
function script(code, sourceMap, url) {
  return { code, sourceMap, url, ast: parseSync("script.js", code).program };
}
