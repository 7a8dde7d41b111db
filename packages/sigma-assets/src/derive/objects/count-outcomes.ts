import type { OutcomeCounts } from "@dagster-sigma/asset-graph";
import {
  type DocumentKind,
  documentKindNames,
  documentKinds,
  documentsOf,
} from "../../state/document-kinds.ts";
import { objectId } from "../../state/object-id.ts";
import type {
  CallFailure,
  DataModelState,
  DatasetState,
  DocumentStates,
  FailureSubject,
  OrganizationState,
  WorkbookState,
} from "../../state/organization-state.ts";
import { isTransient } from "../../state/transient-failure.ts";
import type { ColumnResolver } from "../columns/column-resolver.ts";
import type { DocumentColumns, DocumentElement } from "../columns/document-columns.ts";
import { fromElementLineage, fromRoot, type SourceReference } from "../lineage/document-sources.ts";
import type { SourceResolver } from "../lineage/resolve-sources.ts";

/** The outcome of a document, element, query or column. Each has exactly one. */
const outcomes = [
  /** All of its sources were found. */
  "complete",
  /** Its sources were inferred from the SQL of another object. */
  "inferred",
  /** Some of its sources were not found or have no asset. */
  "incomplete",
  /** It has no sources. */
  "withoutSources",
  /** Its details could not be fetched; those of the last fetch are used. */
  "stale",
  /** Sigma does not return its sources, or its row is unreadable. */
  "unavailable",
  /** The filter or an option excludes it or its sources. */
  "notAsked",
] as const;

type Outcome = (typeof outcomes)[number];

/** Inputs of the outcomes. */
export interface OutcomeInputs {
  readonly resolver: SourceResolver;
  readonly columnResolver: ColumnResolver;
  readonly referencesOf: (document: object) => readonly SourceReference[];
  readonly workbookColumns: boolean;
}

/** Counts workbooks, data models, datasets, elements, queries and columns by outcome. */
export function countOutcomes(state: OrganizationState, inputs: OutcomeInputs): readonly OutcomeCounts[] {
  const { listed, lost, options } = state.header;
  const isAsked = options.fetchLineageData;
  const contents = new ContentTallies(inputs, isAsked);
  const tallies = documentKindNames.map((kind) => {
    const tally = new Tally(kind);
    const documents: readonly DocumentStates[DocumentKind][] = documentsOf(state, kind);
    for (const document of documents) {
      tally.add(isAsked ? documentOutcome(document, inputs) : "notAsked");
      if ("elements" in document)
        contents.addDocument(document, kind !== "workbook" || inputs.workbookColumns);
    }
    if (listed !== null) {
      const fetched = documents.filter((document) => !("isListed" in document) || document.isListed);
      tally.add("notAsked", listed[documentKinds[kind].list] - fetched.length);
    }
    tally.add("unavailable", lost?.[documentKinds[kind].list] ?? 0);
    return tally;
  });
  return [...tallies, ...contents.all].map((tally) => tally.counts());
}

class Tally {
  readonly #what: string;
  readonly #counts = new Map<Outcome, number>();

  constructor(what: string) {
    this.#what = what;
  }

  add(outcome: Outcome, count = 1): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + count);
  }

  counts(): OutcomeCounts {
    const entries = outcomes.map((outcome) => [outcome, this.#counts.get(outcome) ?? 0] as const);
    return { what: this.#what, counts: Object.fromEntries(entries) };
  }
}

/** Counts the contents of documents. */
class ContentTallies {
  readonly #elements = new Tally("element");
  readonly #queries = new Tally("query");
  readonly #columns = new Tally("column");
  readonly #inputs: OutcomeInputs;
  readonly #isLineageAsked: boolean;

  constructor(inputs: OutcomeInputs, isLineageAsked: boolean) {
    this.#inputs = inputs;
    this.#isLineageAsked = isLineageAsked;
  }

  get all(): readonly Tally[] {
    return [this.#elements, this.#queries, this.#columns];
  }

  addDocument(document: WorkbookState | DataModelState, withColumns: boolean): void {
    const { columnResolver, referencesOf } = this.#inputs;
    for (const reference of referencesOf(document)) {
      const query = this.#queryOutcome(reference);
      if (query !== null) this.#queries.add(isStale(document, "lineage") ? "stale" : query);
    }
    const content = columnResolver.documents.get(objectId(document.id));
    if (content === undefined) return;
    const answers = answersByElement(document);
    for (const element of content.elements) {
      this.#elements.add(this.#elementOutcome(document, element, answers.get(element.id)));
      if (withColumns && isStale(document, "columns")) this.#columns.add("stale", element.columns.length);
      else if (withColumns) this.#addColumns(content, element);
      else this.#columns.add("notAsked", element.columns.length);
    }
  }

  #queryOutcome(reference: SourceReference): Outcome | null {
    if (reference.type !== "customSql" && reference.type !== "compiledSql") return null;
    if (reference.definition === null) return "unavailable";
    return this.#inputs.resolver.tablesIn(reference).length === 0 ? "withoutSources" : "complete";
  }

  #elementOutcome(
    document: WorkbookState | DataModelState,
    { sources }: DocumentElement,
    answer: readonly SourceReference[] | null | undefined,
  ): Outcome {
    if (!this.#isLineageAsked) return "notAsked";
    if (isStale(document, "lineage")) return "stale";
    if (sources !== null) return this.#outcomeOfSources(sources);
    // Texts, images and controls have no lineage rows.
    if (answer === undefined) return document.lineage === null ? "unavailable" : "withoutSources";
    return answer === null ? "unavailable" : outcomeOf(answer, this.#inputs.resolver);
  }

  #outcomeOfSources(sources: NonNullable<DocumentElement["sources"]>): Outcome {
    if (sources.length === 0) return "withoutSources";
    const outside = sources.flatMap((source) => (source.kind === "element" ? [] : [fromRoot(source)]));
    return outside.every((reference) => this.#inputs.resolver.isFound(reference)) ? "complete" : "incomplete";
  }

  #addColumns(content: DocumentColumns, element: DocumentElement): void {
    for (const column of element.columns) {
      const { from, unresolved } = this.#inputs.columnResolver.resolve(content, element, column);
      if (unresolved.length > 0) this.#columns.add("incomplete");
      else this.#columns.add(from.length > 0 ? "complete" : "withoutSources");
    }
  }
}

/**
 * Sigma's lineage of each element, from the document's or the element's response; null for an element without lineage.
 */
function answersByElement(
  document: WorkbookState | DataModelState,
): ReadonlyMap<string, readonly SourceReference[] | null> {
  const single = "elementLineage" in document ? (document.elementLineage ?? []) : [];
  return new Map<string, readonly SourceReference[] | null>([
    ...(document.lineage ?? []).flatMap(({ elementId }) =>
      elementId == null ? [] : [[elementId, null] as const],
    ),
    ...single.map(({ elementId, lineage }) => [elementId, fromElementLineage(lineage)] as const),
  ]);
}

function documentOutcome(document: DocumentStates[DocumentKind], inputs: OutcomeInputs): Outcome {
  return "elements" in document ? contentOutcome(document, inputs) : datasetOutcome(document, inputs);
}

function contentOutcome(document: WorkbookState | DataModelState, inputs: OutcomeInputs): Outcome {
  if (isStale(document, "lineage")) return "stale";
  const single = "elementLineage" in document ? document.elementLineage : null;
  const isAnswered = document.lineage !== null || document.sources !== null || single !== null;
  const references = inputs.referencesOf(document);
  if (!isAnswered || (references.length === 0 && isLineageFailed(document.failures))) return "unavailable";
  return isLineageFailed(document.failures) ? "incomplete" : outcomeOf(references, inputs.resolver);
}

function datasetOutcome(dataset: DatasetState, inputs: OutcomeInputs): Outcome {
  if (isStale(dataset, "datasetSources")) return "stale";
  if (dataset.sources !== null) return outcomeOf(inputs.referencesOf(dataset), inputs.resolver);
  return dataset.queries === null ? "unavailable" : "inferred";
}

function outcomeOf(references: readonly SourceReference[], resolver: SourceResolver): Outcome {
  if (references.length === 0) return "withoutSources";
  return references.every((reference) => resolver.isFound(reference)) ? "complete" : "incomplete";
}

/** Whether stale rows are used because of a transient failure. Rows that Sigma denies are not stale. */
function isStale(
  { staleSince, failures }: Pick<DatasetState, "staleSince" | "failures">,
  part: FailureSubject,
): boolean {
  const isOfPart = ({ subject }: CallFailure): boolean => subject === part || subject === "row";
  return staleSince !== undefined && failures.some((each) => isOfPart(each) && isTransient(each));
}

function isLineageFailed(failures: readonly CallFailure[]): boolean {
  return failures.some(({ subject }) => subject === "lineage");
}
