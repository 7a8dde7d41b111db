import picomatch from "picomatch";

/**
 * Case-insensitive globs: `*` matches within a name, `**` across folders. All given fields must match.
 */
export interface SigmaPattern {
  /** Folder names and name, joined with `/`: `Finance/**`. */
  readonly path?: string;
  /** Name of the document. */
  readonly name?: string;
  /** E-mail address of the owner. */
  readonly owner?: string;
  /** Name of a version tag; at least one tag must match. */
  readonly tag?: string;
  /** Name of the workspace, the first folder. */
  readonly workspace?: string;
}

/** The fields of a document that a pattern uses. */
export interface MatchableDocument {
  /** Name of the document. */
  readonly name?: string | null | undefined;
  /** Folder names, without the name of the document. */
  readonly path?: string | null | undefined;
  /** The field is `name` on workbooks and `tagName` on data models. */
  readonly tags?:
    | readonly { readonly name?: string | null | undefined; readonly tagName?: string | null | undefined }[]
    | null
    | undefined;
}

const fields = ["path", "name", "owner", "tag", "workspace"] as const;

/** Whether a value has only fields of a pattern. */
export function checkPattern(pattern: unknown): pattern is SigmaPattern {
  return (
    typeof pattern === "object" &&
    pattern !== null &&
    Object.entries(pattern).every(
      ([field, glob]) => fields.some((known) => known === field) && typeof glob === "string",
    )
  );
}

export const patternFields: readonly string[] = fields;

/** A pattern with compiled globs. */
export class SigmaPatternMatcher {
  readonly #globs: readonly (readonly [field: (typeof fields)[number], matches: (text: string) => boolean])[];

  constructor(pattern: SigmaPattern) {
    this.#globs = fields.flatMap((field) => {
      const glob = pattern[field];
      return glob === undefined ? [] : [[field, picomatch(comparable(glob), { dot: true })] as const];
    });
  }

  /** @param owner e-mail address of the owner; null if unknown */
  fits(document: MatchableDocument, owner: string | null): boolean {
    const path = fullPath(document);
    const texts = {
      path: [path],
      name: [document.name ?? ""],
      owner: owner === null ? [] : [owner],
      tag: (document.tags ?? []).map(({ name, tagName }) => name ?? tagName ?? ""),
      workspace: [path.split("/", 1)[0] ?? ""],
    };
    return this.#globs.every(([field, matches]) => texts[field].some((text) => matches(comparable(text))));
  }
}

/** Folders and name, as they are compared. */
export function fullPath({ path, name }: MatchableDocument): string {
  return comparable([path, name].filter((part) => part != null && part !== "").join("/"));
}

/** Normalizes a path for comparison: case-insensitive, and independent of the Unicode encoding of accents. */
export function comparable(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
