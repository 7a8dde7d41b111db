// Module hooks that compile the packages' TypeScript. Compiled code is cached in node_modules/.cache, so that a
// thread mostly reads files. Stripping types is sufficient (`erasableSyntaxOnly`).
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cache = join(root, "node_modules", ".cache", "typescript");
const { version } = createRequire(import.meta.url)("rolldown/package.json");

/** @type {import("node:module").LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return nextLoad(url, context);
  return { format: "module", shortCircuit: true, source: await compile(fileURLToPath(url)) };
}

/** The JavaScript of a TypeScript file, with its source map inline. */
export async function compile(file) {
  const text = readFileSync(file, "utf8");
  const key = createHash("sha256").update(`${version} ${file}\n${text}`).digest("hex").slice(0, 32);
  const cached = join(cache, `${key}.js`);
  if (existsSync(cached)) return readFileSync(cached, "utf8");
  const { transformSync } = await import("rolldown/utils");
  const { code, map, errors } = transformSync(file, text, { sourcemap: true });
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors.map(({ message }) => message).join("; ")}`);
  const data = Buffer.from(JSON.stringify(map)).toString("base64");
  const source = `${code}\n//# sourceMappingURL=data:application/json;base64,${data}\n`;
  mkdirSync(cache, { recursive: true });
  const draft = `${cached}.${process.pid}-${performance.now()}`;
  writeFileSync(draft, source);
  renameSync(draft, cached);
  return source;
}
