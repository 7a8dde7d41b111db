import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { WebUiConfigurationError } from "../errors.ts";

/** A file of the page as it is served. */
export interface PageFile {
  readonly contentType: string;
  readonly gzipped: Buffer<ArrayBuffer>;
  /** Whether its name changes with its content. */
  readonly isImmutable: boolean;
}

const folder = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../../dist/page" : "../page", import.meta.url),
);

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * The files of the built page, by URL path.
 *
 * @throws WebUiConfigurationError `PAGE_NOT_BUILT`
 */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  if (!existsSync(join(folder, "index.html"))) {
    throw new WebUiConfigurationError(
      "PAGE_NOT_BUILT",
      "The files of the page do not exist.",
      "In a clone of the project: node scripts/setup.mjs builds them.",
    );
  }
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return new Map(
    names.map((name) => {
      const file: PageFile = {
        contentType: contentTypes[extname(name)] ?? "application/octet-stream",
        gzipped: gzipSync(readFileSync(join(folder, name)), { level: 9 }),
        isImmutable: name.startsWith("assets/"),
      };
      return [name === "index.html" ? "/" : `/${name}`, file];
    }),
  );
}
