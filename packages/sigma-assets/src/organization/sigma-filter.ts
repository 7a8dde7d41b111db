import { ConfigurationError } from "@dagster-sigma/foundation";

/** A place in Sigma: the names of folders, outermost first; for a workbook its own name last. */
export type SigmaPath = readonly string[];

export interface SigmaFilterOptions {
  /** Workbooks in these folders, at any depth. All workbooks when neither this nor `workbooks` is given. */
  readonly workbookFolders?: readonly SigmaPath[];
  /** These workbooks, besides those of `workbookFolders`. */
  readonly workbooks?: readonly SigmaPath[];
  /** Whether to keep datasets and data models that no loaded workbook reads, directly or through others; true when left out. */
  readonly includeUnusedDatasets?: boolean;
}

/** The part of a workbook that a filter looks at. */
export interface FilterableWorkbook {
  readonly name?: string | null | undefined;
  readonly path?: string | null | undefined;
}

/**
 * Chooses the workbooks to load, and whether to load what they do not use. Paths match by whole names, without regard
 * to case: the folder `Sales` is not the folder `Sales EU`.
 */
export class SigmaFilter {
  readonly workbookFolders: readonly SigmaPath[];
  readonly workbooks: readonly SigmaPath[];
  readonly includeUnusedDatasets: boolean;

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
  }

  static from(filter: SigmaFilter | SigmaFilterOptions | undefined): SigmaFilter {
    return filter instanceof SigmaFilter ? filter : new SigmaFilter(filter);
  }

  /** Whether the workbook is to be loaded. */
  includes(workbook: FilterableWorkbook): boolean {
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

/** Sigma joins names with `/` and does not escape a `/` within one, so paths are compared joined, not split. */
function isInFolder(folder: SigmaPath, workbook: FilterableWorkbook): boolean {
  const wanted = comparable(folder.join("/"));
  return wanted === "" || isWorkbook(folder, workbook) || fullPath(workbook).startsWith(`${wanted}/`);
}

function isWorkbook(path: SigmaPath, workbook: FilterableWorkbook): boolean {
  return fullPath(workbook) === comparable(path.join("/"));
}

function fullPath({ path, name }: FilterableWorkbook): string {
  return comparable([path, name].filter((part) => part != null && part !== "").join("/"));
}

function comparable(path: string): string {
  return path.normalize("NFC").toLowerCase();
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
