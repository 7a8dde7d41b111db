import { writeFile } from "node:fs/promises";
import { errorText } from "@dagster-sigma/foundation";
import type { RawAnswer } from "@dagster-sigma/sigma-client";
import { CommandError } from "../errors.ts";
import { anonymize } from "./anonymize.ts";
import { NameMap } from "./name-map.ts";
import { routeParts } from "./route-parts.ts";

/** Cursors and filters are kept; other query parameters may contain names. */
const keptParameters = new Set([
  "limit",
  "pageSize",
  "page",
  "pageToken",
  "typeFilters",
  "isArchived",
  "includeArchived",
  "includeInactive",
  "skipPermissionCheck",
  "excludeExplorations",
]);

/** Records the answers of an organization's API, with everything replaced that could identify a user. */
export class Recording {
  readonly #names = new NameMap();
  readonly #lines: string[] = [];

  add({ method, url, status, errorCause, text }: RawAnswer): void {
    const { pathname, searchParams } = new URL(url);
    const path = pathname
      .split("/")
      .map((part) => this.#pathPart(part))
      .join("/");
    const query = [...searchParams].flatMap(([name, value]) => {
      const isCursor = name === "page" || name === "pageToken";
      const kept = isCursor && !/^\d+$/.test(value) ? this.#names.id(value) : value;
      return keptParameters.has(name) ? [[name, kept]] : [[name, "kept-out"]];
    });
    const body = parse(text);
    const answer = body === undefined ? { text: text.slice(0, 1) } : { body: anonymize(body, this.#names) };
    this.#lines.push(JSON.stringify({ method, path, query, status, errorCause, ...answer }));
  }

  get count(): number {
    return this.#lines.length;
  }

  /** @throws CommandError `FILE_NOT_WRITTEN` */
  async save(file: string): Promise<void> {
    try {
      await writeFile(file, `${this.#lines.join("\n")}\n`, { mode: 0o600 });
    } catch (cause) {
      const message = `Cannot write ${file} (${errorText(cause)}).`;
      throw new CommandError("FILE_NOT_WRITTEN", message, "Choose a file that can be written.", cause);
    }
  }

  /** Keeps route names and replaces ids; `<id>:materialize` contains both. */
  #pathPart(part: string): string {
    const text = decodeURIComponent(part);
    return routeParts.has(text) ? text : encodeURIComponent(this.#names.id(text));
  }
}

/** Undefined if it is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
