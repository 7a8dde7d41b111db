import type { AnswerRow, ChangedAnswers } from "@dagster-sigma/sigma-sandbox";
import type { RowForm } from "./row-forms.ts";

/**
 * Changes the answers of a route so that its rows have the given forms, one form each. A row keeps its ids and names, so
 * that the organization stays consistent. Forms that no row can have are added as rows of their own.
 *
 * @param waiting forms that still have to be served; served ones are removed
 */
export function serveForms(route: string, waiting: RowForm[]): ChangedAnswers {
  return {
    [route]: (rows) => {
      const changed = rows.map((row) => {
        const index = waiting.findIndex((form) => canHave(row, form));
        const [form] = index < 0 ? [] : waiting.splice(index, 1);
        return form === undefined ? row : inForm(row, form);
      });
      const others = waiting.filter((form) => isKindWithoutRows(form));
      waiting.splice(0, waiting.length, ...waiting.filter((form) => !others.includes(form)));
      return [...changed, ...others.map((form) => form.row)];
    },
  };
}

/** Kinds of rows that the sandbox does not have. */
const newKinds: ReadonlySet<unknown> = new Set(["csv-upload", "semantic-view", "sql-document"]);

function isKindWithoutRows({ row }: RowForm): boolean {
  return newKinds.has(row["type"]) || "code" in row;
}

/** Whether a row has all required fields of the form's type, and the same fixed values. */
function canHave(row: AnswerRow, { type }: RowForm): boolean {
  return type.fields.every(({ name, type: field, isOptional }) => {
    if (!(name in row)) return isOptional;
    return field.kind !== "value" || field.value === null || row[name] === field.value;
  });
}

function inForm(row: AnswerRow, { row: sample, set, omitted }: RowForm): AnswerRow {
  const kept = Object.entries({ ...sample, ...row }).filter(([field]) => !omitted.includes(field));
  return { ...Object.fromEntries(kept), ...set };
}
