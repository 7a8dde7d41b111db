import type { Organization, WireVariant } from "@dagster-sigma/sigma-sandbox";
import type { LineageEdge } from "../lineage-edges.ts";
import type { JudgedLineage } from "./datahub-judge.ts";
import { readingsOf } from "./datahub-readings.ts";

/** What an edge consists of: who reads, and how. */
interface Step {
  readonly reader: "workbook" | "dataModel" | "dataset";
  readonly source: "table" | "dataset" | "modelElement" | "sql";
}

interface WireLoss {
  readonly forms: readonly WireVariant[];
  readonly loses: (step: Step) => boolean;
}

/** The edges that DataHub does not find in forms of answers other than the usual one, by class of difference. */
export const wireLosses: Readonly<Record<string, WireLoss>> = {
  "file-listing-refused": { forms: ["fileListingForbidden"], loses: () => true },

  "path-refused": {
    forms: ["pathLookupsForbidden", "emptyPaths"],
    loses: ({ reader, source }) => reader === "dataset" || (reader === "workbook" && source === "dataset"),
  },

  "file-refused": {
    forms: ["fileLookupsForbidden"],
    loses: ({ reader, source }) => reader !== "dataset" && source === "table",
  },

  "workbook-lineage-refused": {
    forms: ["onlyElementLineage"],
    loses: ({ reader, source }) => reader === "workbook" && (source === "table" || source === "sql"),
  },

  "model-lineage-refused": {
    forms: ["brokenModelLineage"],
    loses: ({ reader }) => reader === "dataModel",
  },

  "lineage-without-rows": {
    forms: ["emptyLineage"],
    loses: ({ reader, source }) =>
      reader === "dataModel" || (reader === "workbook" && (source === "table" || source === "sql")),
  },

  "queries-only": {
    forms: ["onlyQueries", "onlyElementQueries"],
    loses: ({ reader }) => reader === "workbook",
  },

  "root-sources-only": {
    forms: ["onlyRootSources"],
    loses: ({ reader, source }) => reader === "dataModel" || (reader === "workbook" && source === "sql"),
  },

  "example-fields": {
    forms: ["exampleFields"],
    loses: ({ reader, source }) =>
      reader === "dataModel" || (reader === "workbook" && (source === "table" || source === "sql")),
  },

  "edge-without-node": {
    forms: ["sourcesOnlyInEdges"],
    loses: ({ reader, source }) =>
      reader === "dataset" || (reader === "workbook" && (source === "table" || source === "dataset")),
  },

  "semantic-view": {
    forms: ["semanticViews"],
    loses: ({ reader, source }) => reader !== "dataset" && source === "table",
  },
};

/** Whether the forms of answers hide an edge from DataHub, and one of them for the reason of a class. */
export function isLostOnTheWire(edge: LineageEdge, judged: JudgedLineage, name?: string): boolean {
  const active = Object.keys(wireLosses).filter((each) => isActive(each, judged));
  const steps = stepsOf(edge, judged.organization);
  const loses = (each: string, step: Step): boolean => wireLosses[each]?.loses(step) === true;
  return (
    steps.length > 0 &&
    steps.every((step) => active.some((each) => loses(each, step))) &&
    (name === undefined || (active.includes(name) && steps.some((step) => loses(name, step))))
  );
}

function isActive(name: string, { variants }: JudgedLineage): boolean {
  return variants.some(
    ({ variant }) => typeof variant === "string" && wireLosses[name]?.forms.includes(variant) === true,
  );
}

function stepsOf({ from, to }: LineageEdge, organization: Organization): readonly Step[] {
  const { workbooks, dataModels, datasets, tables } = organization;
  const dataset = datasets.find(({ id }) => id === to);
  if (dataset !== undefined) {
    const isTable = tables.some(({ path }) => path.join(".").toLowerCase() === from);
    return [{ reader: "dataset", source: isTable ? "table" : "dataset" }];
  }
  const document = [...workbooks, ...dataModels].find(({ id }) => id === to);
  if (document === undefined) return [];
  return readingsOf(document, from, organization).flatMap(({ source }) =>
    source.kind === "element" ? [] : [{ reader: document.kind, source: source.kind }],
  );
}
