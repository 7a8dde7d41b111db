import type { AnswerField, AnswerType, Json, ObjectType } from "./answer-type.ts";
import { documentedArms, documentedTypes, documentedValues } from "./newer-documentation.ts";

/** One form of a row: fields that differ from a complete row. */
export interface RowForm {
  /** For example `connectionId: null`. */
  readonly name: string;
  /** A complete row of this form, with invented values. */
  readonly row: Readonly<Record<string, Json>>;
  /** The fields that this form is about; null if it is about the whole row. */
  readonly set: Readonly<Record<string, Json>> | null;
  /** Fields that this form omits. */
  readonly omitted: readonly string[];
  /** Type of the row. */
  readonly type: ObjectType;
}

/** The type of the rows of a response: the entries of a page, the items of an array, or the object itself. */
function rowTypesOf(type: AnswerType): readonly ObjectType[] {
  switch (type.kind) {
    case "oneOf":
      return distinct(type.arms.flatMap(rowTypesOf));
    case "list":
      return rowTypesOf(type.item);
    case "object": {
      const entries = type.fields.find(({ name }) => name === "entries");
      return entries === undefined ? [type] : rowTypesOf(entries.type);
    }
    default:
      return [];
  }
}

/** How a response has its rows; none for a response that is one object. */
export function listStylesOf(type: AnswerType): readonly ("page" | "array")[] {
  switch (type.kind) {
    case "oneOf":
      return [...new Set(type.arms.flatMap(listStylesOf))];
    case "list":
      return ["array"];
    case "object":
      return type.fields.some(({ name }) => name === "entries") ? ["page"] : [];
    default:
      return [];
  }
}

/** All forms of the rows of a route: complete, with required fields only, and each value that a field may have. */
export function rowFormsOf(route: string, type: AnswerType): readonly RowForm[] {
  const forms = [...rowTypesOf(type).flatMap(withTypes), ...documentedArms(route)].flatMap(formsOfRow);
  const [complete] = forms;
  if (complete === undefined) return [];
  const types = documentedTypes(route).map((value) =>
    formOf(complete.type, `type: "${value}"`, { type: value }),
  );
  return [...forms, ...types];
}

function formsOfRow(type: ObjectType): readonly RowForm[] {
  const optional = type.fields.filter(({ isOptional }) => isOptional).map(({ name }) => name);
  return [
    formOf(type, "complete", null),
    ...(optional.length === 0 ? [] : [formOf(type, "without optional fields", null, optional)]),
    ...type.fields.flatMap((field) =>
      valuesOf(field).map((value) =>
        formOf(type, `${field.name}: ${JSON.stringify(value)}`, { [field.name]: value }),
      ),
    ),
  ];
}

function formOf(
  type: ObjectType,
  name: string,
  set: RowForm["set"],
  omitted: readonly string[] = [],
): RowForm {
  const complete = sampleOf(type);
  const kept = Object.entries(complete).filter(([field]) => !omitted.includes(field));
  const row = { ...Object.fromEntries(kept), ...set };
  return { name: `${kindOf(type, complete)}${name}`, row, set, omitted, type };
}

/** Several types of rows share a list of all values of `type`; each gets those that its own fields belong to. */
function withTypes(type: ObjectType): readonly ObjectType[] {
  const field = type.fields.find(({ name }) => name === "type");
  if (field?.type.kind !== "oneOf" || field.type.arms.length < 5 || has(type, "urlId")) return [type];
  const own = has(type, "elementId")
    ? ["element"]
    : has(type, "dataModelId")
      ? ["data-model"]
      : has(type, "inodeId")
        ? ["table", "dataset"]
        : ["customSQL"];
  return own.map((value) => ({
    ...type,
    fields: type.fields.map((each) => (each === field ? { ...each, type: { kind: "value", value } } : each)),
  }));
}

function has(type: ObjectType, field: string): boolean {
  return type.fields.some(({ name }) => name === field);
}

function kindOf({ fields }: ObjectType, row: Readonly<Record<string, Json>>): string {
  return fields.some(({ name, type }) => name === "type" && type.kind === "value") ? `${row["type"]}, ` : "";
}

/** The values of a field other than an ordinary one. */
function valuesOf({ name, type }: AnswerField): readonly Json[] {
  return [...formsOf(type).slice(1), ...(type.kind === "text" ? documentedValues(name) : [])];
}

/** All forms of a value; the first is an ordinary one. */
function formsOf(type: AnswerType): readonly Json[] {
  switch (type.kind) {
    case "text":
      return [text("text")];
    case "number":
      return [7, 0];
    case "flag":
      return [false, true];
    case "open":
      return [{}];
    case "value":
      return [type.value];
    case "list":
      return [
        [formsOf(type.item)[0] ?? null],
        [],
        ...formsOf(type.item)
          .slice(1)
          .map((item) => [item]),
      ];
    case "oneOf":
      return type.arms.toSorted((a, b) => Number(isNull(a)) - Number(isNull(b))).flatMap(formsOf);
    case "object":
      if (type.values !== null) return formsOf(type.values).map((value) => ({ [text("key")]: value }));
      return formsOfRow(type).map(({ row }) => row);
  }
}

function isNull(type: AnswerType): boolean {
  return type.kind === "value" && type.value === null;
}

function sampleOf({ fields }: ObjectType): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    fields.map(({ name, type }) => [name, type.kind === "text" ? text(name) : (formsOf(type)[0] ?? null)]),
  );
}

let texts = 0;

/** A text that no other row has, so that no row passes for a repeated one. */
function text(name: string): string {
  return `${name} ${++texts}`;
}

function distinct(types: readonly ObjectType[]): readonly ObjectType[] {
  return [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
}
