import { ConfigurationError } from "@dagster-sigma/foundation";
import {
  checkPattern,
  comparable,
  fullPath,
  type MatchableDocument,
  patternFields,
  type SigmaPattern,
  SigmaPatternMatcher,
} from "./sigma-pattern.ts";

/** A place in Sigma: the names of folders, outermost first; for a workbook its own name last. */
export type SigmaPath = readonly string[];

export interface SigmaFilterOptions {
  /** Workbooks in these folders, at any depth. All workbooks when neither this nor `workbooks` is given. */
  readonly workbookFolders?: readonly SigmaPath[];
  /** These workbooks, besides those of `workbookFolders`. */
  readonly workbooks?: readonly SigmaPath[];
  /** Of these, only workbooks that one of the patterns fits. All when left out. */
  readonly allow?: readonly SigmaPattern[];
  /** Never workbooks that one of the patterns fits. */
  readonly deny?: readonly SigmaPattern[];
  /** Only workbooks that changed since then; ISO 8601. */
  readonly updatedSince?: string | null;
  /** Whether archived workbooks and data models are loaded; false when left out. */
  readonly includeArchived?: boolean;
  /** Whether to keep datasets and data models that no loaded workbook reads, directly or through others; true when left out. */
  readonly includeUnusedDatasets?: boolean;
}

/** The part of a workbook that a filter looks at. */
export interface FilterableWorkbook extends MatchableDocument {
  readonly updatedAt?: string | null | undefined;
  readonly isArchived?: boolean | null | undefined;
  readonly ownerId?: string | null | undefined;
}

/** Finds the e-mail address of a member; null when it is not known. */
export type OwnerEmail = (memberId: string) => string | null;

/**
 * Chooses the workbooks to load, and whether to load what they do not use. Paths match by whole names, without regard
 * to case: the folder `Sales` is not the folder `Sales EU`.
 */
export class SigmaFilter {
  readonly workbookFolders: readonly SigmaPath[];
  readonly workbooks: readonly SigmaPath[];
  readonly includeUnusedDatasets: boolean;
  readonly allow: readonly SigmaPattern[];
  readonly deny: readonly SigmaPattern[];
  readonly updatedSince: string | null;
  readonly includeArchived: boolean;
  readonly #allowed: readonly SigmaPatternMatcher[];
  readonly #denied: readonly SigmaPatternMatcher[];

  /** @throws ConfigurationError `SIGMA_FILTER_INVALID` when a path is not a list of names */
  constructor(options: SigmaFilterOptions = {}) {
    this.workbookFolders = checkPaths(
      "workbookFolders",
      options.workbookFolders ?? [],
      '["Finance", "Board"]',
    );
    this.workbooks = checkPaths(
      "workbooks",
      options.workbooks ?? [],
      '["Finance", "Board", "Revenue Overview"]',
    );
    this.includeUnusedDatasets = options.includeUnusedDatasets ?? true;
    this.allow = checkPatterns("allow", options.allow ?? []);
    this.deny = checkPatterns("deny", options.deny ?? []);
    this.updatedSince = checkDate(options.updatedSince ?? null);
    this.includeArchived = options.includeArchived ?? false;
    this.#allowed = this.allow.map((pattern) => new SigmaPatternMatcher(pattern));
    this.#denied = this.deny.map((pattern) => new SigmaPatternMatcher(pattern));
  }

  static from(filter: SigmaFilter | SigmaFilterOptions | undefined): SigmaFilter {
    return filter instanceof SigmaFilter ? filter : new SigmaFilter(filter);
  }

  /** Whether a pattern looks at owners, so that members must be known before. */
  get needsOwners(): boolean {
    return [...this.allow, ...this.deny].some(({ owner }) => owner !== undefined);
  }

  /** Whether the workbook is to be loaded. */
  includes(workbook: FilterableWorkbook, ownerEmail: OwnerEmail = () => null): boolean {
    if (workbook.isArchived === true && !this.includeArchived) return false;
    const updatedMs = Date.parse(workbook.updatedAt ?? "");
    if (this.updatedSince !== null && !(updatedMs >= Date.parse(this.updatedSince))) return false;
    const owner = workbook.ownerId == null ? null : ownerEmail(workbook.ownerId);
    if (this.#denied.some((matcher) => matcher.fits(workbook, owner))) return false;
    if (this.allow.length > 0 && !this.#allowed.some((matcher) => matcher.fits(workbook, owner)))
      return false;
    return this.#isAtPath(workbook);
  }

  #isAtPath(workbook: FilterableWorkbook): boolean {
    if (this.workbookFolders.length === 0 && this.workbooks.length === 0) return true;
    return (
      this.workbookFolders.some((folder) => isInFolder(folder, workbook)) ||
      this.workbooks.some((path) => isWorkbook(path, workbook))
    );
  }

  /** The paths that none of the workbooks matches, as the user wrote them. */
  unmatched(
    workbooks: readonly FilterableWorkbook[],
  ): readonly { readonly option: string; readonly path: SigmaPath }[] {
    return [
      ...this.workbookFolders
        .filter((folder) => !workbooks.some((workbook) => isInFolder(folder, workbook)))
        .map((path) => ({ option: "workbookFolders", path })),
      ...this.workbooks
        .filter((path) => !workbooks.some((workbook) => isWorkbook(path, workbook)))
        .map((path) => ({ option: "workbooks", path })),
    ];
  }
}

function checkPatterns(option: string, patterns: unknown): readonly SigmaPattern[] {
  if (Array.isArray(patterns) && patterns.every(checkPattern)) return Object.freeze([...patterns]);
  throw new ConfigurationError({
    code: "SIGMA_FILTER_INVALID",
    message: `${option} is not a list of patterns.`,
    hint: `A pattern has any of ${patternFields.join(", ")}: ${option}: [{ path: "Finance/**" }].`,
  });
}

function checkDate(updatedSince: string | null): string | null {
  if (updatedSince === null || !Number.isNaN(Date.parse(updatedSince))) return updatedSince;
  throw new ConfigurationError({
    code: "SIGMA_FILTER_INVALID",
    message: `updatedSince is no date: ${JSON.stringify(updatedSince)}.`,
    hint: 'Write it as "2026-01-31" or "2026-01-31T09:00:00Z".',
  });
}

/** Sigma joins names with `/` and does not escape a `/` within one, so paths are compared joined, not split. */
function isInFolder(folder: SigmaPath, workbook: FilterableWorkbook): boolean {
  const wanted = comparable(folder.join("/"));
  return wanted === "" || isWorkbook(folder, workbook) || fullPath(workbook).startsWith(`${wanted}/`);
}

function isWorkbook(path: SigmaPath, workbook: FilterableWorkbook): boolean {
  return fullPath(workbook) === comparable(path.join("/"));
}

function checkPaths(option: string, paths: unknown, example: string): readonly SigmaPath[] {
  const invalid = (what: string, hint: string): ConfigurationError =>
    new ConfigurationError({ code: "SIGMA_FILTER_INVALID", message: `${option} ${what}.`, hint });
  if (!Array.isArray(paths)) {
    throw invalid(
      "is not a list of paths",
      `A path is a list of names, outermost first: ${option}: [${example}].`,
    );
  }
  return paths.map((path: unknown, index) => {
    if (typeof path === "string") {
      const written = JSON.stringify(path.split("/"));
      throw invalid(
        `has the text "${path}" at index ${index} where a list of names belongs`,
        `Write ${option}: [${written}], one list per path.`,
      );
    }
    if (!Array.isArray(path) || path.some((name) => typeof name !== "string")) {
      throw invalid(`has no list of names at index ${index}`, `A path looks like ${example}.`);
    }
    return Object.freeze([...path]);
  });
}
