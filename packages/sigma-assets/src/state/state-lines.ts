import { documentKindNames, documentKinds } from "./document-kinds.ts";
import type { OrganizationState, StateHeader } from "./organization-state.ts";
import { migrateHeader, stateFormatVersion } from "./state-format.ts";

/** The lists of a state by the name in their lines. */
const lists: ReadonlyMap<string, ListName> = new Map<string, ListName>([
  ...documentKindNames.map((kind) => [kind, documentKinds[kind].list] as const),
  ["table", "tables"],
  ["missingTable", "missingTables"],
  ["connection", "connections"],
  ["member", "members"],
  ["badge", "badges"],
  ["upstream", "upstreams"],
  ["failure", "failures"],
  ["unreadable", "unreadable"],
]);

type ListName = Exclude<keyof OrganizationState, "header">;

/**
 * Serializes a state as lines of JSON without newlines: a header, one line per object, and a last line with their
 * number, which reveals a truncated file.
 *
 * @param writtenBy version that writes the state
 */
export function* stateLines(state: OrganizationState, writtenBy: string): Generator<string, void, void> {
  yield JSON.stringify({ type: "header", writtenBy, ...state.header });
  let count = 0;
  for (const [type, list] of lists) {
    for (const item of state[list]) {
      yield JSON.stringify({ type, item });
      count++;
    }
  }
  yield JSON.stringify({ type: "end", count });
}

/** Lines do not form a valid state. */
export class StateFormatError extends Error {
  readonly reason: "broken" | "tooNew";
  /** The version that wrote a newer format; null if unknown. */
  readonly writtenBy: string | null;

  constructor(reason: "broken" | "tooNew", message: string, writtenBy: string | null = null) {
    super(message);
    this.reason = reason;
    this.writtenBy = writtenBy;
  }
}

/** Parses a state line by line. */
export class StateReader {
  #header: StateHeader | null = null;
  #writtenFormat = 0;
  #isComplete = false;
  #count = 0;
  #lineNumber = 0;
  readonly #lists: ReadonlyMap<ListName, unknown[]> = new Map([...lists.values()].map((list) => [list, []]));

  /** Null before the first line. */
  get header(): StateHeader | null {
    return this.#header;
  }

  /** The format of the lines, before its migration; 0 before the first line. */
  get writtenFormat(): number {
    return this.#writtenFormat;
  }

  /** Number of lines read. */
  get lineNumber(): number {
    return this.#lineNumber;
  }

  /** @throws StateFormatError if the line is not a valid next line */
  push(line: string): void {
    this.#lineNumber++;
    const json = this.#parse(line);
    if (this.#header === null) this.#header = this.#readHeader(json);
    else if (json["type"] === "end") this.#readEnd(json);
    else this.#readItem(json);
  }

  /** @throws StateFormatError if lines are missing */
  finish(): OrganizationState {
    if (this.#header === null) throw new StateFormatError("broken", "line 1 is missing: it is empty");
    if (!this.#isComplete)
      throw new StateFormatError("broken", `it is truncated after line ${this.#lineNumber}`);
    return { header: this.#header, ...Object.fromEntries(this.#lists) } as unknown as OrganizationState;
  }

  #readHeader(json: Readonly<Record<string, unknown>>): StateHeader {
    const { type, writtenBy, checksum: _checksum, ...header } = json;
    const { formatVersion } = header;
    if (type !== "header" || typeof formatVersion !== "number") {
      throw new StateFormatError("broken", "line 1 is not the header of a snapshot");
    }
    if (formatVersion > stateFormatVersion) {
      throw new StateFormatError(
        "tooNew",
        `it has format ${formatVersion}, and this version supports formats up to ${stateFormatVersion}`,
        typeof writtenBy === "string" ? writtenBy : null,
      );
    }
    this.#writtenFormat = formatVersion;
    return migrateHeader(header, formatVersion);
  }

  #readItem(json: Readonly<Record<string, unknown>>): void {
    const { type, item } = json;
    const list = typeof type === "string" ? lists.get(type) : undefined;
    if (this.#isComplete || list === undefined || typeof item !== "object" || item === null) {
      throw new StateFormatError("broken", `line ${this.#lineNumber} is not a line of a snapshot`);
    }
    this.#lists.get(list)?.push(item);
    this.#count++;
  }

  #readEnd(json: Readonly<Record<string, unknown>>): void {
    if (json["count"] !== this.#count) {
      throw new StateFormatError(
        "broken",
        `it contains ${this.#count} objects instead of ${String(json["count"])} before line ${this.#lineNumber}`,
      );
    }
    this.#isComplete = true;
  }

  #parse(line: string): Readonly<Record<string, unknown>> {
    try {
      const json: unknown = JSON.parse(line);
      if (typeof json === "object" && json !== null && !Array.isArray(json))
        return json as Record<string, unknown>;
    } catch {
      // Reported below, with the line number.
    }
    throw new StateFormatError("broken", `line ${this.#lineNumber} is not a JSON object`);
  }
}
