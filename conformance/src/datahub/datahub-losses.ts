import { type DataModel, elementsOf, type Organization } from "@dagster-sigma/sigma-sandbox";
import {
  allRead,
  type Element,
  isBehindUnion,
  isChart,
  isWrittenWithoutDatabase,
  type Reading,
} from "./datahub-readings.ts";

/** Reasons why DataHub does not derive an edge from a reading, by class of difference. */
export const losses: Readonly<Record<string, (reading: Reading) => boolean>> = {
  "personal-model": ({ document, source, knownModels }) =>
    [document, source.kind === "modelElement" ? source.model : null].some(
      (model) => model?.kind === "dataModel" && !knownModels.has(model),
    ),

  "skipped-element": ({ document, element }) => document.kind === "workbook" && !isChart(element),

  "union-element": ({ document, element, source }) =>
    document.kind === "workbook" && source.kind !== "sql" && isBehindUnion(element, source),

  "element-of-other-name": (reading) => {
    const { document, element, source } = reading;
    if (source.kind !== "modelElement" || isFoundByFormula(reading)) return false;
    if (document.kind === "dataModel" && elementsReadOf(source.model, document).size === 1) return false;
    const name = element.name.toLowerCase();
    return elementsOf(source.model).every((each) => each.name.toLowerCase() !== name);
  },

  "archived-dataset": ({ document, source }) =>
    document.kind === "workbook" && source.kind === "dataset" && source.isArchived,

  "dataset-of-datasets": ({ document, source }) =>
    document.kind === "workbook" && source.kind === "dataset" && readsDatasetsOnly(source),

  "element-without-name": ({ document, element }) => document.kind === "dataModel" && element.name === "",

  "unlisted-table": ({ source }) => source.kind === "table" && !source.isListed,

  "sql-without-database": ({ source, table }) =>
    source.kind === "sql" && table !== null && isWrittenWithoutDatabase(source, table),
};

function elementsReadOf(model: DataModel, document: Reading["document"]): ReadonlySet<Element> {
  const sources = elementsOf(document).flatMap(allRead);
  return new Set(
    sources.flatMap((source) =>
      source.kind === "modelElement" && source.model === model ? [source.element] : [],
    ),
  );
}

/** Whether a formula names the data model's element so that DataHub finds a single candidate. */
function isFoundByFormula({ document, element, source, knownModels }: Reading): boolean {
  if (document.kind !== "workbook" || source.kind !== "modelElement") return false;
  const name = source.element.name.toLowerCase();
  const isNamed = (other: string | undefined): boolean => other?.toLowerCase() === name;
  const written = `[${name.replace(/[\\/[\]]/g, "\\$&")}/`;
  const tables = [...elementsOf(document).flatMap(allRead), ...allRead(element).flatMap(tablesOfDataset)];
  const isNameTaken =
    elementsOf(document).some((each) => each !== element && isChart(each) && isNamed(each.name)) ||
    tables.some((each) => each.kind === "table" && isNamed(each.path.at(-1))) ||
    allRead(element).some(
      (each) => (each.kind === "element" || each.kind === "dataset") && isNamed(each.name),
    );
  const isAllKnown = allRead(element).every(
    (each) =>
      each.kind !== "sql" &&
      !isBehindUnion(element, each) &&
      (each.kind !== "dataset" || !(each.isArchived || readsDatasetsOnly(each))),
  );
  const models = modelsLoadedBy(document);
  if (isNameTaken || !isAllKnown || [...models].some((model) => !knownModels.has(model))) return false;
  const namesakes = [...models].flatMap(elementsOf).filter((each) => isNamed(each.name));
  return element.columns
    .filter(({ formula }) => formula.toLowerCase().includes(written))
    .flatMap(({ from }) => from)
    .filter((origin) => origin.source.kind === "modelElement" && origin.source.element === source.element)
    .some(({ column }) => namesakes.filter(({ columns }) => hasColumn(columns, column)).length === 1);
}

/** Data models that DataHub sees a workbook use. */
function modelsLoadedBy(document: Reading["document"]): ReadonlySet<DataModel> {
  const models = elementsOf(document)
    .filter(isChart)
    .flatMap((element) =>
      allRead(element).flatMap((source) =>
        source.kind === "modelElement" && !isBehindUnion(element, source) ? [source.model] : [],
      ),
    );
  return new Set(models);
}

function hasColumn(columns: Element["columns"], column: string): boolean {
  return columns.some(({ name }) => name.toLowerCase() === column.toLowerCase());
}

function tablesOfDataset(source: Reading["source"]): readonly Reading["source"][] {
  return source.kind === "dataset" ? source.sources : [];
}

function readsDatasetsOnly({ sources }: Organization["datasets"][number]): boolean {
  return sources.every(({ kind }) => kind === "dataset");
}
