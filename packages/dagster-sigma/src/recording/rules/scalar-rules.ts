import type { Renaming } from "../renaming/renaming.ts";
import { placeholder, textRule, type ValueRule } from "./value-rule.ts";

/** Rules for values that are neither rows nor lists. */

export const id: ValueRule = textRule("id", (text, renaming) => renaming.id(text));

export const name: ValueRule = textRule("name", (text, renaming) => renaming.name(text));

/** Names joined with `/`. */
export const path: ValueRule = textRule("names", (text, renaming) => renaming.path(text));

/** Names joined with `.`. */
export const dottedName: ValueRule = textRule("names", (text, renaming) => renaming.dottedName(text));

export const email: ValueRule = textRule("e-mail address", (text, renaming) => renaming.email(text));

export const time: ValueRule = textRule("time", (text, renaming) => renaming.time(text));

export const formula: ValueRule = textRule("formula", (text, renaming) => renaming.formula(text));

/** SQL of the connection in the same row. */
export const sql: ValueRule = textRule("SQL", (text, renaming, { connectionId }) =>
  renaming.sql(text, connectionId),
);

export const columnId: ValueRule = textRule("id, or id and name", (text, renaming, row) =>
  renaming.columnId(text, row),
);

/** The field is left out. */
export const leftOut: ValueRule = textRule("left out", () => "");

/** Text for people. */
export const freeText: ValueRule = textRule("`text`", () => "text");

/** A number that says nothing about the organization's data. */
export const number: ValueRule = {
  title: "kept",
  rows: [],
  write: (value) => (typeof value === "number" ? value : placeholder(value)),
};

/** A number that measures the organization's data. */
export const amount: ValueRule = {
  title: "0 or 1",
  rows: [],
  write: (value) => (typeof value === "number" ? Number(value !== 0) : placeholder(value)),
};

/** Some responses have flags as text. */
export const flag: ValueRule = {
  title: "kept",
  rows: [],
  write: (value) => (value === "true" || value === "false" ? value : placeholder(value)),
};

/** One of the known values, in any case; others are numbered. */
export function oneOf(values: ReadonlySet<string>): ValueRule {
  return textRule(`one of ${[...values].map((value) => `\`${value}\``).join(", ")}`, (text, renaming) =>
    values.has(text.toLowerCase()) ? text : renaming.otherValue(text),
  );
}

/** The position of a page: kept as a number, otherwise an id. */
export const cursor: ValueRule = {
  title: "id, numbers are kept",
  rows: [],
  write: (value, renaming) => {
    if (typeof value === "number") return value;
    return typeof value === "string" ? cursorText(value, renaming) : placeholder(value);
  },
};

export function cursorText(text: string, renaming: Renaming): string {
  return /^\d{1,7}$/.test(text) ? text : renaming.id(text);
}

const pageKinds: ReadonlySet<string> = new Set(["workbook", "data-model", "report", "b", "s"]);

/** Keeps the kind of page and the id, which may follow a name; replaces the organization. */
export const url: ValueRule = textRule("URL with the kind of page and the id", (text, renaming) => {
  const parts = (text.split(/[?#]/, 1)[0] ?? "").split("/");
  const kind = parts.at(-2) ?? "";
  const page = pageKinds.has(kind) ? kind : "page";
  return `https://app.sigmacomputing.com/organization/${page}/${renaming.id(parts.at(-1) ?? "")}`;
});

export const timeZone: ValueRule = textRule("kept if it is an IANA time zone", (text) =>
  isTimeZone(text) ? text : "text",
);

function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const cronField = /^(?:[*?L]|(?:\d{1,2}|[A-Z]{3})(?:-(?:\d{1,2}|[A-Z]{3}))?)(?:\/\d{1,2})?$/i;
const cronNames = new Set(
  "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC SUN MON TUE WED THU FRI SAT".split(" "),
);

export const cron: ValueRule = textRule("kept if it is a cron expression", (text) =>
  isCron(text) ? text : "text",
);

function isCron(text: string): boolean {
  const fields = text.split(" ");
  if (fields.length < 5 || fields.length > 6) return false;
  const parts = fields.flatMap((field) => field.split(","));
  if (!parts.every((part) => cronField.test(part))) return false;
  const values = text.match(/\d+|[A-Za-z]{3}/g) ?? [];
  return values.every((value) =>
    /^\d/.test(value) ? Number(value) < 60 : cronNames.has(value.toUpperCase()),
  );
}
