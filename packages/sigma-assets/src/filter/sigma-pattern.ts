import picomatch from "picomatch";

/**
 * Globs without regard to case: `*` within a name, `**` over several. Of one pattern all that is given must fit.
 */
export interface SigmaPattern {
  /** Folders and name, joined with `/`: `Finance/**`. */
  readonly path?: string;
  readonly name?: string;
  /** E-mail address of the owner. */
  readonly owner?: string;
  /** Name of a version tag. */
  readonly tag?: string;
  /** The first folder. */
  readonly workspace?: string;
}

/** What a pattern looks at. */
export interface MatchableDocument {
  readonly name?: string | null | undefined;
  /** Folders only. */
  readonly path?: string | null | undefined;
  /** Workbooks call it `name`, data models `tagName`. */
  readonly tags?:
    | readonly { readonly name?: string | null | undefined; readonly tagName?: string | null | undefined }[]
    | null
    | undefined;
}

const fields = ["path", "name", "owner", "tag", "workspace"] as const;

/** Whether a value has the fields of a pattern and no other. */
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

/** A pattern with its globs compiled. */
export class SigmaPatternMatcher {
  readonly #globs: readonly (readonly [field: (typeof fields)[number], matches: (text: string) => boolean])[];

  constructor(pattern: SigmaPattern) {
    this.#globs = fields.flatMap((field) => {
      const glob = pattern[field];
      return glob === undefined ? [] : [[field, picomatch(comparable(glob), { dot: true })] as const];
    });
  }

  /** @param owner e-mail address of the owner; null when it is not known */
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

/** Names are compared without regard to case and to how their accents are encoded. */
export function comparable(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
