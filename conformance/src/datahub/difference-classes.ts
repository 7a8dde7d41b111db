import { elementsOf, type Organization } from "@dagster-sigma/sigma-sandbox";
import { edgeKey, type LineageEdge } from "../lineage-edges.ts";
import { type DifferenceClass, readDifferenceClasses } from "../read-difference-classes.ts";
import type { JudgedLineage, LineageDifference } from "./datahub-judge.ts";
import { losses } from "./datahub-losses.ts";
import {
  allRead,
  isBehindUnion,
  isChart,
  isWrittenWithoutDatabase,
  nameWithoutDatabase,
  type Reading,
  readingsOf,
} from "./datahub-readings.ts";
import { isLostOnTheWire, wireLosses } from "./wire-losses.ts";

type Rule = (difference: LineageDifference, judged: JudgedLineage) => boolean;

/**
 * Conditions that every difference of a class must satisfy, checked against the expected lineage. There is no class
 * for an edge that ours lacks.
 */
const rules: Readonly<Record<string, Rule>> = {
  "archived-workbook": ({ what, to }, { organization }) =>
    what === "neither" && organization.workbooks.some(({ id, isArchived }) => id === to && isArchived),

  "archived-dataset-tables": (difference, { organization }) =>
    datasetMissedByDataHub(difference, organization)?.isArchived === true,

  "dataset-below-dataset": (difference, { organization }) =>
    datasetMissedByDataHub(difference, organization)?.sources.some(
      ({ kind, id }) => kind === "dataset" && id === difference.from,
    ) === true,

  "dataset-without-chart": (difference, { organization }) => {
    const dataset = datasetMissedByDataHub(difference, organization);
    return dataset !== null && !isReadByChart(dataset.id, organization);
  },

  ...Object.fromEntries(Object.keys(losses).map((name) => [name, lossRule(name)])),

  // DataHub finds the edge in the same organization in the usual form of answers.
  ...Object.fromEntries(
    Object.keys(wireLosses).map((name): [string, Rule] => [
      name,
      (difference, judged) =>
        difference.what === "only ours" &&
        judged.usual.has(edgeKey(difference)) &&
        isLostOnTheWire(difference, judged, name),
    ]),
  ),

  "table-without-database": ({ what, from, to }, { organization }) =>
    what === "made up by DataHub" &&
    documentsOf(organization).some(
      (document) =>
        document.id === to &&
        elementsOf(document)
          .flatMap(allRead)
          .some(
            (source) =>
              source.kind === "sql" &&
              source.tables.some(
                (table) => nameWithoutDatabase(table) === from && isWrittenWithoutDatabase(source, table),
              ),
          ),
    ),
};

/** The class of a difference; null if no rule explains it. */
export function dataHubClassOf(difference: LineageDifference, judged: JudgedLineage): string | null {
  return Object.keys(rules).find((name) => rules[name]?.(difference, judged)) ?? null;
}

/** @throws Error if the table and the rules do not have the same classes */
export function dataHubDifferenceClasses(): readonly DifferenceClass[] {
  return readDifferenceClasses("datahub-differences.toml", rules);
}

/** Whether DataHub can derive an edge from none of its sources, or not from these answers. */
export function isLostToDataHub(edge: LineageEdge, judged: JudgedLineage): boolean {
  return isLostInOrganization(edge, judged.organization) || isLostOnTheWire(edge, judged);
}

function isLostInOrganization({ from, to }: LineageEdge, organization: Organization): boolean {
  const readings = readingsInto(to, from, organization);
  return (
    readings.length > 0 &&
    readings.every((reading) => Object.values(losses).some((isLost) => isLost(reading)))
  );
}

/** The edge is lost, for this reason from at least one of its sources. */
function lossRule(name: string): Rule {
  return (difference, { organization }) =>
    difference.what === "only ours" &&
    isLostInOrganization(difference, organization) &&
    readingsInto(difference.to, difference.from, organization).some((reading) => losses[name]?.(reading));
}

function readingsInto(to: string, from: string, organization: Organization): readonly Reading[] {
  return documentsOf(organization)
    .filter(({ id }) => id === to)
    .flatMap((document) => readingsOf(document, from, organization));
}

function datasetMissedByDataHub(
  { what, to }: LineageDifference,
  { datasets }: Organization,
): Organization["datasets"][number] | null {
  return what === "only ours" ? (datasets.find(({ id }) => id === to) ?? null) : null;
}

function isReadByChart(datasetId: string, { workbooks }: Organization): boolean {
  return workbooks.some(
    (workbook) =>
      !workbook.isArchived &&
      elementsOf(workbook).some(
        (element) =>
          isChart(element) &&
          allRead(element).some(
            (source) =>
              source.kind === "dataset" && source.id === datasetId && !isBehindUnion(element, source),
          ),
      ),
  );
}

function documentsOf({
  workbooks,
  dataModels,
}: Organization): readonly (Organization["workbooks"][number] | Organization["dataModels"][number])[] {
  return [...workbooks, ...dataModels];
}
