/** A field of a cron schedule: its bounds, and the names of its values. */
interface Field {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const months = ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const minuteField: Field = { min: 0, max: 59, names: [] };
const hourField: Field = { min: 0, max: 23, names: [] };
const dayField: Field = { min: 1, max: 31, names: [] };
const monthField: Field = { min: 1, max: 12, names: months };
const weekdayField: Field = { min: 0, max: 6, names: weekdays };

const aliases: ReadonlySet<string> = new Set([
  "@midnight",
  "@hourly",
  "@daily",
  "@weekly",
  "@monthly",
  "@yearly",
  "@annually",
]);

/**
 * Whether Dagster accepts a cron schedule: five fields, or an alias such as `@daily` (dagster 1.13.27,
 * `_utils/schedules.py` and its croniter). Random fields (`R`) are not accepted here.
 */
export function isValidCronSchedule(text: string): boolean {
  const lower = text.toLowerCase();
  if (aliases.has(lower)) return true;
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = lower.trim().split(/\s+/);
  return (
    more.length === 0 &&
    isValidField(minute, minuteField) &&
    isValidField(hour, hourField) &&
    (day === "?" || isValidField(day, dayField)) &&
    isValidField(month, monthField) &&
    (weekday === "?" || isValidWeekday(weekday)) &&
    !isNever(day, month)
  );
}

/** Whether the date never occurs: the 30th or 31st of February. */
function isNever(day: string, month: string): boolean {
  return fieldValue(month, monthField) === 2 && /^3[01]$/.test(day);
}

function isValidField(text: string, field: Field): boolean {
  return text.split(",").every((item) => isValidItem(item, field));
}

/** Accepts `*`, `5`, `1-5`, each of them with a step such as `/2`, and `L` for the last day of a month. */
function isValidItem(item: string, field: Field): boolean {
  const [, range = "", step] = /^([^/]+)(?:\/(\d+))?$/.exec(item) ?? [];
  if (range === "" || (step !== undefined && Number(step) === 0)) return false;
  if (range === "*") return true;
  if (field === dayField && item === "l") return true;
  const [low = "", high = low, ...more] = range.split("-");
  if (more.length > 0) return false;
  const isHigh = (field === dayField && high === "l" && range !== "l") || fieldValue(high, field) !== null;
  return fieldValue(low, field) !== null && isHigh;
}

/** Also accepts `fri#2` (the second Friday of a month) and `L5` (its last Friday), unless other weekdays are listed, too. */
function isValidWeekday(text: string): boolean {
  const plain: (number | null)[] = [];
  const nth: (number | null)[] = [];
  for (const item of text.split(",")) {
    const [, day, ordinal] = /^(\w+|\w+-\w+)#([1-5])$/.exec(item) ?? [];
    const [, last] = /^l(\d)$/.exec(item) ?? [];
    if (last !== undefined) nth.push(fieldValue(last, weekdayField));
    else if (ordinal !== undefined && day !== undefined && isValidItem(day, weekdayField))
      nth.push(...day.split("-").map((name) => fieldValue(name, weekdayField)));
    else if (isValidItem(item, weekdayField))
      plain.push(item === "*" ? null : fieldValue(item, weekdayField));
    else return false;
  }
  if (nth.length === 0) return true;
  return !nth.includes(null) && plain.every((day) => day === null || nth.includes(day));
}

/** Null if the text is not a value of the field. Sunday is 0 or 7. */
function fieldValue(text: string, field: Field): number | null {
  if (!/^\d+$/.test(text)) {
    const named = text === "" ? -1 : field.names.indexOf(text);
    return named === -1 ? null : named;
  }
  const value = field === weekdayField && Number(text) === 7 ? 0 : Number(text);
  return value >= field.min && value <= field.max ? value : null;
}
