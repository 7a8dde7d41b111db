import { editColumns } from "./edit-columns.ts";
import { Identifiers } from "./identifiers.ts";
import {
  type DataModel,
  type Dataset,
  type DocumentContent,
  elementsOf,
  type Organization,
  type Workbook,
} from "./organization.ts";

/** Changes that users make to an organization. */
export const mutations = [
  "bump workbook",
  "edit workbook",
  "add column",
  "drop column",
  "rename workbook",
  "create workbook",
  "archive workbook",
  "delete workbook",
  "republish model",
  "rename dataset",
  "hide model",
] as const;

/** A change that users make to an organization. */
export type Mutation = (typeof mutations)[number];

type Mutable<Thing> = { -readonly [Field in keyof Thing]: Thing[Field] };

/**
 * Applies a mutation to the workbook, data model or dataset at an index (modulo their number), in place. Versions and
 * times change as in Sigma: a rename in a listing changes neither.
 */
export function mutateOrganization(organization: Organization, mutation: Mutation, index: number): void {
  const { dataModels, datasets } = organization;
  const workbooks = organization.workbooks as Workbook[];
  const workbook = pick(workbooks, index);
  const model = pick(dataModels, index);
  const dataset = pick(datasets, index);
  if (workbook === undefined) return;
  switch (mutation) {
    case "bump workbook":
      touch(organization, workbook);
      return;
    case "edit workbook":
      replaceContent(organization, workbook, pick(workbooks, index + 1)?.content ?? workbook.content);
      return;
    case "add column": {
      const id = new Identifiers(organization.slug).short(`added/${workbook.id}/${workbook.version}`);
      const added = editColumns(workbook.content, index, (columns) => {
        const like = pick(columns, index);
        return like === undefined ? columns : [...columns, { ...like, id, name: `Added ${index}` }];
      });
      replaceContent(organization, workbook, added);
      return;
    }
    case "drop column": {
      const dropped = editColumns(workbook.content, index, (columns) =>
        columns.filter((_, at) => at !== index % columns.length),
      );
      replaceContent(organization, workbook, dropped);
      return;
    }
    case "rename workbook":
      workbook.name = `${workbook.name} renamed ${index}`;
      return;
    case "create workbook": {
      const id = new Identifiers(organization.slug).uuid(`created/${workbooks.length}/${index}`);
      if (workbooks.every((other) => other.id !== id))
        workbooks.push({ ...workbook, id, name: `New ${index}` });
      return;
    }
    case "archive workbook":
      workbook.isArchived = !workbook.isArchived;
      touch(organization, workbook);
      return;
    case "delete workbook":
      if (workbooks.length > 1) workbooks.splice(index % workbooks.length, 1);
      return;
    case "republish model": {
      const [element] = model === undefined ? [] : elementsOf(model);
      if (element !== undefined) (element as Mutable<typeof element>).name = `${element.name} v${index}`;
      if (model !== undefined) touch(organization, model);
      return;
    }
    case "rename dataset":
      if (dataset === undefined) return;
      dataset.name = `${dataset.name} renamed`;
      touch(organization, dataset);
      return;
    case "hide model":
      // Like a move to a personal folder, or back.
      if (model !== undefined) model.isListed = !model.isListed;
      return;
  }
}

function replaceContent(
  organization: Organization,
  workbook: Mutable<Workbook>,
  value: DocumentContent,
): void {
  Object.defineProperty(workbook, "content", { value, enumerable: true, configurable: true });
  touch(organization, workbook);
}

function pick<Thing>(things: readonly Thing[], index: number): Mutable<Thing> | undefined {
  return things[index % Math.max(1, things.length)] as Mutable<Thing> | undefined;
}

/** The new time is after all previous changes. */
function touch(organization: Organization, document: Mutable<Workbook | DataModel | Dataset>): void {
  const { workbooks, dataModels, datasets } = organization;
  const latestMs = [...workbooks, ...dataModels, ...datasets].reduce(
    (latest, { updatedAt }) => Math.max(latest, Date.parse(updatedAt)),
    0,
  );
  document.updatedAt = new Date(latestMs + 60_000).toISOString();
  if ("version" in document) (document as Mutable<Workbook>).version++;
}
