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

/** A path in Sigma: folder names, outermost first; a workbook's path ends with its name. Example: `["Finance", "Board"]`. */
export type SigmaPath = readonly string[];

/** Options of a {@link SigmaFilter}. All conditions must match. */
export interface SigmaFilterOptions {
  /** Includes workbooks in these folders, at any depth (default: all workbooks, unless `workbooks` is set). */
  readonly workbookFolders?: readonly SigmaPath[];
  /** Includes these workbooks, in addition to those in `workbookFolders`. */
  readonly workbooks?: readonly SigmaPath[];
  /** Includes only workbooks that match at least one of these patterns (default: all). */
  readonly allow?: readonly SigmaPattern[];
  /** Excludes workbooks that match at least one of these patterns; takes precedence over `allow`. */
  readonly deny?: readonly SigmaPattern[];
  /** Includes only workbooks that changed since this date, in ISO 8601 (default: all). */
  readonly updatedSince?: string | null;
  /** Includes archived workbooks and data models (default: false). */
  readonly includeArchived?: boolean;
  /** Includes datasets and data models that no loaded workbook reads, directly or indirectly (default: true). */
  readonly includeUnusedDatasets?: boolean;
}

/** The fields of a workbook that a filter uses. */
export interface FilterableWorkbook extends MatchableDocument {
  /** ISO 8601. */
  readonly updatedAt?: string | null | undefined;
  /** Whether it is archived. */
  readonly isArchived?: boolean | null | undefined;
  /** Member id of the owner. */
  readonly ownerId?: string | null | undefined;
}

/** Returns the e-mail address of a member; null if unknown. */
export type OwnerEmail = (memberId: string) => string | null;

/**
 * Selects the workbooks to load, and whether to load unused datasets and data models. Path matching is case-insensitive, on
 * whole names: `Sales` does not match the folder `Sales EU`.
 *
 *     new SigmaFilter({ workbookFolders: [["Finance", "Board"]], deny: [{ path: "**\/Drafts/**" }] });
 */
export class SigmaFilter {
  /** See {@link SigmaFilterOptions.workbookFolders}. */
  readonly workbookFolders: readonly SigmaPath[];
  /** See {@link SigmaFilterOptions.workbooks}. */
  readonly workbooks: readonly SigmaPath[];
  /** See {@link SigmaFilterOptions.includeUnusedDatasets}. */
  readonly includeUnusedDatasets: boolean;
  /** See {@link SigmaFilterOptions.allow}. */
  readonly allow: readonly SigmaPattern[];
  /** See {@link SigmaFilterOptions.deny}. */
  readonly deny: readonly SigmaPattern[];
  /** See {@link SigmaFilterOptions.updatedSince}. */
  readonly updatedSince: string | null;
  /** See {@link SigmaFilterOptions.includeArchived}. */
  readonly includeArchived: boolean;
  readonly #allowed: readonly SigmaPatternMatcher[];
  readonly #denied: readonly SigmaPatternMatcher[];

  /** @throws ConfigurationError `SIGMA_FILTER_INVALID` for an invalid path, pattern or date */
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

  /** Returns a filter; creates it from options if necessary. */
  static from(filter: SigmaFilter | SigmaFilterOptions | undefined): SigmaFilter {
    return filter instanceof SigmaFilter ? filter : new SigmaFilter(filter);
  }

  /** Whether a pattern uses owners, so that members must be fetched first. */
  get needsOwners(): boolean {
    return [...this.allow, ...this.deny].some(({ owner }) => owner !== undefined);
  }

  /** Whether the filter includes a workbook. */
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

  /** The configured paths without a matching workbook. */
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
    hint: `A pattern sets at least one of ${patternFields.join(", ")}, for example ${option}: [{ path: "Finance/**" }].`,
  });
}

function checkDate(updatedSince: string | null): string | null {
  if (updatedSince === null || !Number.isNaN(Date.parse(updatedSince))) return updatedSince;
  throw new ConfigurationError({
    code: "SIGMA_FILTER_INVALID",
    message: `updatedSince is not a date: ${JSON.stringify(updatedSince)}.`,
    hint: 'Write it as "2026-01-31" or "2026-01-31T09:00:00Z".',
  });
}

/** Sigma joins names with `/` and does not escape a `/` in a name, so joined paths are compared. */
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
        `contains the string "${path}" at index ${index} instead of a list of names`,
        `Write ${option}: [${written}], one list per path.`,
      );
    }
    if (!Array.isArray(path) || path.some((name) => typeof name !== "string")) {
      throw invalid(`must contain a list of names at index ${index}`, `A path looks like ${example}.`);
    }
    return Object.freeze([...path]);
  });
}
