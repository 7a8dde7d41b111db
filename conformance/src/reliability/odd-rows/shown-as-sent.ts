import { type AnswerMutation, type MutationKind, mutationKinds } from "./answer-mutations.ts";

/** Fields for which Sigma may also send the changed value, and the attributes of assets that show it. */
interface ShownField {
  readonly request: RegExp;
  readonly field: RegExp;
  readonly attributes: RegExp;
  /** Only for these changes (default: all). */
  readonly kinds?: readonly MutationKind[];
}

const listing = /^\/v2\/(workbooks|dataModels|datasets)(\?|$)/;
const columns = /\/columns(\?|$)/;
const elements = /\/elements(\?|$)/;
const sources = /\/(lineage|sources|query)(\?|$)/;
const columnAttributes = /^(dagster\/column_schema|dagster\/column_lineage)$/;

/**
 * A missing name, date or tag is no error, and neither is another text: the asset shows what Sigma sent. None of these
 * fields changes a dependency.
 */
const shownFields: readonly ShownField[] = [
  {
    request: listing,
    field: /^name$/,
    attributes: /^(key|presentation|dagster_sigma\/name|dagster\/column_lineage|dagster_sigma\/migrated_to)$/,
  },
  { request: listing, field: /^url$/, attributes: /^(presentation|dagster_sigma\/web_url)$/ },
  { request: listing, field: /^path$/, attributes: /^(presentation|groupName|dagster_sigma\/path)$/ },
  { request: listing, field: /^description$/, attributes: /^description$/ },
  { request: listing, field: /^latestVersion$/, attributes: /^dagster_sigma\/version$/ },
  {
    request: listing,
    field: /^(createdAt|updatedAt)$/,
    attributes: /^(presentation|dagster_sigma\/(created|updated)_at)$/,
  },
  { request: listing, field: /^(ownerId|owner)$/, attributes: /^owners$/ },
  { request: listing, field: /^isArchived$/, attributes: /^(presentation|dagster_sigma\/is_archived)$/ },
  { request: listing, field: /^tags/, attributes: /^tags$/ },
  { request: listing, field: /^migrationToDataModel/, attributes: /^dagster_sigma\/migrated_to$/ },
  { request: /^\/v2\/files/, field: /^(badge|id|urlId)$/, attributes: /^tags$/ },
  {
    request: /^\/v2\/members/,
    field: /^(email|memberId|isInactive|isArchived)$/,
    attributes: /^(owners|presentation)$/,
  },
  {
    request: /[sS]chedules/,
    field: /^/,
    attributes: /^(presentation|dagster_sigma\/materialization_schedules)$/,
  },
  {
    request: columns,
    field: /^(name|label|formula|type|elementId|columnId|visibility)/,
    attributes: columnAttributes,
  },
  { request: elements, field: /^(name|columns|type|vizualizationType)$/, attributes: columnAttributes },
  {
    request: /^\/v2\/connections(\?|$)/,
    field: /^(name|type|friendlyName)$/,
    attributes: /^(deps metadata|dagster\/column_)/,
  },
  // A table of an unknown connection, or another table.
  {
    request: /^\/v2\/connections\/paths/,
    field: /^connectionId$/,
    attributes: /^(deps metadata|dagster\/column_)/,
  },
  {
    request: /^\/v2\/connections\/paths/,
    field: /^path$/,
    attributes: /./,
    kinds: ["absent", "huge", "__proto__"],
  },
  { request: /^\/v2\/files/, field: /^(name|path)$/, attributes: /./, kinds: ["huge", "__proto__"] },
  // Sigma says that the element reads nothing or less, or does not say what it reads.
  { request: sources, field: /^sourceIds$/, attributes: /./, kinds: ["null", "absent", "empty"] },
  { request: /\/lineage\/elements\//, field: /^edges$/, attributes: /./, kinds: ["null", "absent", "empty"] },
  // The lineage of another element.
  { request: sources, field: /^elementId$/, attributes: columnAttributes, kinds: ["__proto__"] },
  { request: sources, field: /^connectionId$/, attributes: /^(deps metadata|dagster\/column_)/ },
  // Another SQL text reads other tables.
  { request: sources, field: /^(definition|sql)$/, attributes: /./, kinds: ["huge", "__proto__"] },
  // The columns of an element that is not listed have its id in their names.
  { request: elements, field: /^elementId$/, attributes: columnAttributes, kinds: ["__proto__"] },
];

/**
 * Whether the mutation replaces the id of a document with another one. The listing then shows another document instead.
 */
export function isOtherObject(mutation: AnswerMutation): boolean {
  return (
    listing.test(mutation.request) &&
    mutation.kind === "__proto__" &&
    /^(workbookId|dataModelId|datasetId)$/.test(fieldOf(mutation))
  );
}

/** Whether an attribute of an asset may show the changed value. */
export function isShownAsSent(mutation: AnswerMutation, attribute: string): boolean {
  const field = fieldOf(mutation);
  return shownFields.some(
    (shown) =>
      (shown.kinds ?? mutationKinds).includes(mutation.kind) &&
      shown.request.test(mutation.request) &&
      shown.field.test(field) &&
      shown.attributes.test(attribute),
  );
}

/** The path of the changed field within its row, without indexes. */
export function fieldOf({ at }: AnswerMutation): string {
  return at.filter((step) => typeof step === "string" && step !== "entries").join(".");
}
