import { InvalidAssetKeyError } from "../errors.ts";

/** Anything from which an asset key can be created; a string is one segment, whatever it contains. */
export type CoercibleToAssetKey = AssetKey | string | readonly string[];

// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression finds control characters
const controlCharacter = /[\u0000-\u001f\u007f]/;

/** The identity of an asset: one or more segments, none empty, none with a control character. */
export class AssetKey {
  readonly path: readonly string[];
  /** Cached result of `toString`. */
  #text: string | null = null;

  /** @throws InvalidAssetKeyError if there is no segment, or if one is empty or has a control character */
  constructor(path: string | readonly string[]) {
    const segments = typeof path === "string" ? [path] : [...path];
    if (segments.length === 0) {
      throw new InvalidAssetKeyError("An asset key needs at least one segment.");
    }
    for (const segment of segments) checkSegment(segment, segments);
    this.path = Object.freeze(segments);
  }

  static from(key: CoercibleToAssetKey): AssetKey {
    return key instanceof AssetKey ? key : new AssetKey(key);
  }

  /** Parses `a/b` into the segments `a` and `b`. A segment that contains `/` needs {@link fromEscapedUserString}. */
  static fromUserString(text: string): AssetKey {
    return new AssetKey(text.split("/"));
  }

  /** Inverse of {@link toEscapedUserString}: `a/b\/c` gives the segments `a` and `b/c`. */
  static fromEscapedUserString(text: string): AssetKey {
    const segments = [""];
    for (let index = 0; index < text.length; index++) {
      const character = text[index] as string;
      if (character === "/") segments.push("");
      else if (character === "\\" && index + 1 < text.length)
        segments.push(`${segments.pop()}${text[++index]}`);
      else segments.push(`${segments.pop()}${character}`);
    }
    return new AssetKey(segments);
  }

  /** The segments joined with `/`, as shown in Dagster's web UI. */
  toUserString(): string {
    return this.path.join("/");
  }

  /**
   * Like {@link toUserString}, with `\` and `/` inside segments escaped, so that different keys give different texts.
   */
  toEscapedUserString(): string {
    return this.path.map((segment) => segment.replace(/[\\/]/g, "\\$&")).join("/");
  }

  withPrefix(prefix: string | readonly string[]): AssetKey {
    return new AssetKey([...(typeof prefix === "string" ? [prefix] : prefix), ...this.path]);
  }

  hasPrefix(prefix: readonly string[]): boolean {
    return prefix.every((segment, index) => this.path[index] === segment);
  }

  equals(other: AssetKey): boolean {
    return this.path.length === other.path.length && this.hasPrefix(other.path);
  }

  /** A string that is equal exactly when the keys are; for maps and sets. */
  toString(): string {
    this.#text ??= JSON.stringify(this.path);
    return this.#text;
  }

  toJSON(): readonly string[] {
    return this.path;
  }
}

function checkSegment(segment: unknown, segments: readonly unknown[]): void {
  const shown = JSON.stringify(segments);
  if (typeof segment !== "string") {
    throw new InvalidAssetKeyError(`The asset key ${shown} has a segment that is not a string.`);
  }
  if (segment === "") {
    throw new InvalidAssetKeyError(
      `The asset key ${shown} has an empty segment.`,
      "Give every segment at least one character.",
    );
  }
  if (controlCharacter.test(segment)) {
    throw new InvalidAssetKeyError(
      `The asset key ${shown} has a control character.`,
      "Clean the name first, for example with cleanName().",
    );
  }
}

/** Compares keys segment by segment, by code unit; a prefix comes before longer keys. */
export function compareAssetKeys(a: AssetKey, b: AssetKey): number {
  const length = Math.min(a.path.length, b.path.length);
  for (let index = 0; index < length; index++) {
    const left = a.path[index] as string;
    const right = b.path[index] as string;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.path.length - b.path.length;
}
