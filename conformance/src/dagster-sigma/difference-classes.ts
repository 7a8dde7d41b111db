import { type DifferenceClass, readDifferenceClasses } from "../read-difference-classes.ts";
import { type ComparedCase, type Difference, keyText } from "./compare-assets.ts";

type Rule = (difference: Difference, compared: ComparedCase) => boolean;

/** Conditions that every difference of a class must satisfy. */
const rules: Readonly<Record<string, Rule>> = {
  "data-model": ({ what, ours }, { organization }) =>
    what === "asset only ours" &&
    ours?.kinds.includes("data_model") === true &&
    organization?.dataModels.some(({ id }) => id === ours.id) === true,

  "folder-boundary": ({ what, ours, reference, detail }, compared) => {
    const left = compared.reference.filter((asset) => isOutsideFolders(asset.workbookId, compared));
    if (what === "asset only the reference's")
      return reference !== null && left.some((asset) => keyText(asset) === keyText(reference));
    if (what !== "column only the reference's" || ours === null) return false;
    return left.some((workbook) => showsColumn(workbook.workbookId, ours.id, detail, compared));
  },

  "used-through-others": ({ what, ours }, { options, ours: assets, truth }) =>
    what === "asset only ours" &&
    ours?.kinds.includes("dataset") === true &&
    !options.filter.includeUnusedDatasets &&
    assets.some(({ id, kinds }) => !kinds.includes("workbook") && truth?.of(id).has(ours.id) === true),

  "table-name-with-dot": ({ what, dep, ours }, { organization }) =>
    what === "dependency only the reference's" &&
    ours?.deps.some(({ tableName }) => tableName !== null && tableName === dep?.tableName) === true &&
    organization?.tables.some(
      ({ path }) =>
        path.join(".").toLowerCase() === dep?.tableName && path.some((part) => part.includes(".")),
    ) === true,

  "workbook-description": ({ what, detail, ours, reference }, { organization }) =>
    what === "field" &&
    detail.startsWith("description:") &&
    reference?.description === null &&
    organization?.workbooks.some(
      ({ id, description }) => id === ours?.id && description === ours.description,
    ) === true,

  "archived-dataset-filtered": ({ what, ours }, { organization, options }) =>
    what === "dependency missing" &&
    organization?.datasets.some(({ id, isArchived }) => isArchived && id === ours?.id) === true &&
    options.filter.workbookFolders.length + options.filter.workbooks.length > 0,
};

/** The class of a difference; null if no rule explains it. */
export function classOf(difference: Difference, compared: ComparedCase): string | null {
  return Object.keys(rules).find((name) => rules[name]?.(difference, compared)) ?? null;
}

/** @throws Error if the table and the rules do not have the same classes */
export function differenceClasses(): readonly DifferenceClass[] {
  return readDifferenceClasses("differences.toml", rules);
}

function isOutsideFolders(workbookId: string | null, { organization, options }: ComparedCase): boolean {
  const { workbookFolders, workbooks } = options.filter;
  const workbook = organization?.workbooks.find(({ id }) => id === workbookId);
  if (workbook === undefined || workbookFolders.length === 0) return false;
  const names = [...workbook.path.split("/"), workbook.name].map((name) => name.toLowerCase());
  const startsWith = (path: readonly string[]): boolean =>
    path.every((name, index) => name.toLowerCase() === names[index]);
  return ![...workbookFolders, ...workbooks].some(startsWith);
}

/** Whether an element of the workbook passes a column of the dataset through. */
function showsColumn(
  workbookId: string | null,
  datasetId: string,
  column: string,
  { organization }: ComparedCase,
): boolean {
  const workbook = organization?.workbooks.find(({ id }) => id === workbookId);
  const elements = workbook?.content.pages.flatMap((page) => page.elements) ?? [];
  return elements.some(({ columns }) =>
    columns.some(({ from }) =>
      from.some(
        ({ source, column: name }) => source.kind === "dataset" && source.id === datasetId && name === column,
      ),
    ),
  );
}
