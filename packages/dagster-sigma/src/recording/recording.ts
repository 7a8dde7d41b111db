import { writeFile } from "node:fs/promises";
import { errorText } from "@dagster-sigma/foundation";
import type { RawAnswer } from "@dagster-sigma/sigma-client";
import { CommandError } from "../errors.ts";
import { Renaming } from "./renaming/renaming.ts";
import { findRoute, pathWith } from "./routes/find-route.ts";
import { recordParameter } from "./routes/query-table.ts";
import { errorAnswer } from "./rules/error-row.ts";

/** The value of the header `errorcause` that has a meaning. */
const unmatchedHandler = "UnmatchedHandler";

/**
 * Records the answers of an organization's API, with only what `routeTable` keeps of them. Everything else that could identify
 * the organization is replaced or left out.
 */
export class Recording {
  readonly #renaming: Renaming;
  readonly #lines: string[] = [];
  #omitted = 0;

  /** @param renaming replacements that are also used elsewhere (default: those of this recording only) */
  constructor(renaming: Renaming = new Renaming()) {
    this.#renaming = renaming;
  }

  /** Never throws, because it is called while the answer is read. */
  add(answer: RawAnswer): void {
    try {
      this.#lines.push(JSON.stringify(this.#record(answer)));
    } catch {
      this.#omitted++;
    }
  }

  /** The recorded answers, each as JSON. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Number of recorded answers. */
  get count(): number {
    return this.#lines.length;
  }

  /** Number of answers that were left out, because they could not be recorded. */
  get omitted(): number {
    return this.#omitted;
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

  #record({ method, url, status, errorCause, text }: RawAnswer): object {
    const { pathname, searchParams } = new URL(url);
    const found = findRoute(method, pathname);
    if (found === null) throw new Error("The table has no such route.");
    const renaming = this.#renaming;
    const request = {
      method,
      path: pathWith(
        found.route,
        found.ids.map((id) => renaming.id(id)),
      ),
      query: [...searchParams].map((parameter) => recordParameter(parameter, renaming)),
      status,
      errorCause: errorCause === null || errorCause === unmatchedHandler ? errorCause : "other",
    };
    const body = parse(text);
    if (body === undefined) return { ...request, text: beginning(text) };
    const rule = status >= 200 && status < 300 ? found.rule : errorAnswer;
    return { ...request, body: rule.write(body, renaming, {}) };
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

/** Tells HTML from JSON that was cut. */
function beginning(text: string): string {
  const first = text.trimStart().charAt(0);
  return first === "" || "<{[".includes(first) ? first : "?";
}
