import type { Renaming } from "../renaming/renaming.ts";
import { cursor, flag, leftOut, number } from "./scalar-rules.ts";
import { type AnswerObject, isAnswerObject, placeholder, type ValueRule } from "./value-rule.ts";

/** The rules of a row's fields. Fields without a rule are left out. */
export type FieldRules = Readonly<Record<string, ValueRule>>;

interface RowOptions {
  /** Keeps ids in unknown fields, which identify sources of unknown kinds, under other names. */
  readonly withUnknownIds?: boolean;
}

/** A rule for each field that the client declares, so that a new field is not forgotten. */
type DeclaredRules<Row> = {
  readonly [Field in keyof Row as string extends Field ? never : Field]-?: ValueRule;
};

/** An object with the fields that have rules. `Row` is the row of the client, if it has one. */
export function row<Row = unknown>(
  name: string,
  fields: FieldRules & DeclaredRules<Row>,
  options: RowOptions = {},
): ValueRule {
  return {
    title: `[${name}](#${name.replaceAll(" ", "-")})`,
    rows: [{ name, fields }, ...Object.values(fields).flatMap(({ rows }) => rows)],
    write: (value, renaming) =>
      isAnswerObject(value) ? writeFields(value, fields, options, renaming) : placeholder(value),
  };
}

function writeFields(
  value: AnswerObject,
  fields: FieldRules,
  { withUnknownIds = false }: RowOptions,
  renaming: Renaming,
): AnswerObject {
  const written: [string, unknown][] = [];
  let unknown = 0;
  for (const field of Object.keys(value)) {
    const inner = value[field];
    const rule = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (isNestedDeeper(inner, maxLevels))
      written.push([rule === undefined ? `unknown${++unknown}` : field, deepValue]);
    else if (rule === leftOut) continue;
    else if (rule !== undefined) written.push([field, rule.write(inner, renaming, value)]);
    else if (withUnknownIds && /Id$/.test(field) && typeof inner === "string" && inner !== "")
      written.push([`unknown${++unknown}Id`, renaming.id(inner)]);
  }
  return Object.fromEntries(written);
}

/** A list with values of one kind. */
export function list(item: ValueRule): ValueRule {
  return {
    title: `list: ${item.title}`,
    rows: item.rows,
    write: (value, renaming, within) =>
      Array.isArray(value) ? value.map((each) => item.write(each, renaming, within)) : placeholder(value),
  };
}

/** An object with keys that are data. */
export function record(key: (text: string, renaming: Renaming) => string, item: ValueRule): ValueRule {
  return {
    title: `by id: ${item.title}`,
    rows: item.rows,
    write: (value, renaming, within) => {
      if (!isAnswerObject(value)) return placeholder(value);
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([name, inner]) => [key(name, renaming), item.write(inner, renaming, within)]),
      );
    },
  };
}

/** A text, or a list or an object with the same meaning. */
export function textOr(text: ValueRule, other: ValueRule): ValueRule {
  return {
    title: `${text.title}, or ${other.title}`,
    rows: other.rows,
    write: (value, renaming, within) =>
      (typeof value === "string" ? text : other).write(value, renaming, within),
  };
}

/** A page of rows, or a bare array of them. */
export function pageOf(rowRule: ValueRule): ValueRule {
  const fields: FieldRules = {
    entries: list(rowRule),
    nextPage: cursor,
    nextPageToken: cursor,
    hasMore: flag,
    total: number,
  };
  return {
    title: `rows: ${rowRule.title}`,
    rows: rowRule.rows,
    write: (value, renaming, within) => {
      if (!isAnswerObject(value)) return list(rowRule).write(value, renaming, within);
      const known = Object.entries(value).flatMap(([field, inner]) => {
        const rule = Object.hasOwn(fields, field) ? fields[field] : undefined;
        return rule === undefined ? [] : [[field, rule.write(inner, renaming, value)] as const];
      });
      return Object.fromEntries(known);
    },
  };
}

/** Fields with more levels are left out by the reader of rows, which limits rows to 100 levels, and reported. */
const maxLevels = 99;

const deepValue: unknown = JSON.parse(`${'{"deep":'.repeat(120)}{}${"}".repeat(120)}`);

/** The recursion ends at the limit, whatever the value. */
function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1));
}
