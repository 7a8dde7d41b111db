import type { DocumentBuilder } from "../organization/document-builder.ts";
import type { Connection, DataModel, Element, Workbook } from "../organization/organization.ts";
import type { DocumentOptions, OrganizationBuilder } from "../organization/organization-builder.ts";
import { ElementGenerator, type SourceWeights } from "./generate-element.ts";
import { documentName, folderPath } from "./generated-names.ts";
import type { GenerationPlan, References } from "./generation-plan.ts";
import type { Random } from "./random.ts";

/** A fixed size of every workbook, for benchmarks. */
export interface WorkbookSize {
  /** Number of elements, on two pages. */
  readonly elements: number;
  /** Number of columns per element. */
  readonly columnsPerElement: number;
}

const workbookWeights: SourceWeights = { dataModel: 40, element: 20, table: 16, dataset: 14, sql: 10 };
const modelWeights: SourceWeights = { table: 48, element: 18, dataModel: 18, sql: 10, dataset: 6 };
const decorations = ["text", "image", "control", "button"] as const;
const crons = ["0 5 * * *", "*/30 * * * *", "15 2 * * 1"] as const;

export function generateDataModel(
  builder: OrganizationBuilder,
  plan: GenerationPlan,
  index: number,
): DataModel {
  const random = plan.random("dataModel", index);
  const references = plan.within("dataModel", index);
  const home = homeOf(plan, index);
  const isListed = plan.profile === "legacy" || !random.chance(5);
  const { name, path, options } = documentFields(random, plan, references, { index, suffix: "M" });
  const model = builder.dataModel(
    isListed ? path : "My Documents",
    name,
    { ...options, key: String(index), isListed },
    (document) => {
      const content = plan.random("dataModel/content", index);
      const generator = new ElementGenerator({
        plan,
        references,
        random: content,
        builder: document.page("Model"),
        options: { weights: modelWeights, maxDepth: 2, columnCount: null },
      });
      const elements = Array.from({ length: content.between(2, 6) }, () =>
        generator.add(elementName(content), home),
      );
      scheduleSome(content, document, elements);
    },
  );
  plan.homes.set(model, home);
  return model;
}

export function generateWorkbook(
  builder: OrganizationBuilder,
  plan: GenerationPlan,
  index: number,
  size: WorkbookSize | null,
): Workbook {
  const random = plan.random("workbook", index);
  const references = plan.within("workbook", index);
  const { name, path, options } = documentFields(random, plan, references, { index, suffix: "W" });
  const description = random.chance(50) ? { description: `What ${name} is for.` } : {};
  return builder.workbook(path, name, { ...options, ...description, key: String(index) }, (document) => {
    const content = plan.random("workbook/content", index);
    const generator = new ElementGenerator({
      plan,
      references,
      random: content,
      builder: document,
      options: { weights: workbookWeights, maxDepth: 3, columnCount: size?.columnsPerElement ?? null },
    });
    const home = workbookHome(content, plan, references);
    const pages = size === null ? content.between(1, 4) : 2;
    const elements: Element[] = [];
    for (let page = 1; page <= pages; page++) {
      document.page(`Page ${page}`);
      const count =
        size === null
          ? content.between(0, 5)
          : Math.ceil((size.elements - elements.length) / (pages - page + 1));
      for (let number = 0; number < count; number++) {
        if (size === null && content.chance(20))
          document.decoration(`Note ${number}`, content.pick(decorations));
        else elements.push(generator.add(elementName(content), elementHome(content, plan, home)));
      }
    }
    scheduleSome(content, document, elements);
  });
}

function homeOf({ connections }: GenerationPlan, index: number): Connection {
  const home = connections[index % connections.length];
  if (home === undefined) throw new Error("There is no connection.");
  return home;
}

/** Most workbooks use a warehouse with data models. */
function workbookHome(random: Random, plan: GenerationPlan, references: References): Connection {
  const model = random.chance(60) ? references.anyDataModel(random) : null;
  const home = model === null ? null : plan.homes.get(model);
  return home ?? homeOf(plan, random.below(plan.connections.length));
}

/** Most elements of a workbook use one warehouse. */
function elementHome(random: Random, { connections }: GenerationPlan, home: Connection): Connection {
  return random.chance(15) ? (random.pick(connections) ?? home) : home;
}

function documentFields(
  random: Random,
  plan: GenerationPlan,
  references: References,
  { index, suffix }: { readonly index: number; readonly suffix: string },
): { readonly name: string; readonly path: string; readonly options: DocumentOptions } {
  const isFull = plan.profile === "full";
  const name = documentName(random, { suffix, index, mayCollide: isFull });
  const path = folderPath(random, { mayBeHostile: isFull });
  const tags = random.chance(15) ? random.sample(plan.versionTags, random.between(1, 2)) : [];
  const version = random.between(1, 60);
  return {
    name,
    path,
    options: {
      owner: references.member(random),
      version,
      isArchived: isFull && suffix === "W" && random.chance(4),
      ...(random.chance(10) ? { badge: random.pick(["Endorsed", "Warning", "Deprecated"]) } : {}),
      tags: tags.map((tag) => [tag, random.between(1, version)] as const),
    },
  };
}

/** Element names may repeat, even within a document. */
function elementName(random: Random): string {
  return random.pick([
    "Orders",
    "Orders",
    "Customers",
    "By Month",
    "Top 10",
    "Trend",
    "Details",
    "Base",
    "A / B",
    "Sum [x]",
  ]);
}

function scheduleSome(random: Random, document: DocumentBuilder, elements: readonly Element[]): void {
  if (!random.chance(20)) return;
  for (const element of random.sample(elements, 2))
    document.materialize(element, random.pick(crons), { paused: random.chance(20) });
}
