import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { CommandError } from "../errors.ts";
import type { DbtExposure } from "./dbt-exposures.ts";

const comment =
  " Exposures with `dagster_sigma` in their meta are written by `dagster-sigma export dbt-exposures`; others are kept as they are.";

/**
 * The text of an exposures file. Exposures that a person wrote are kept with their comments and their order; those of an earlier export are replaced, and those of
 * documents that are gone are removed.
 *
 * @param before the text of the existing file; null without one
 * @throws CommandError `FILE_NOT_WRITTEN` if it is not a file of exposures
 */
export function mergeExposures(
  file: string,
  before: string | null,
  exposures: readonly DbtExposure[],
): string {
  const document = before === null || before.trim() === "" ? newDocument() : parse(file, before);
  const list = document.get("exposures");
  const old = isSeq(list) ? list.items : [];
  const names = new Set(old.filter((item) => !isOurs(item)).map(nameOf));
  const own = exposures
    .filter(({ name }) => !names.has(name))
    .map((exposure) => document.createNode(withoutTemplates(exposure)));
  const kept = old.filter((item) => !isOurs(item));
  document.set("exposures", document.createNode([]));
  const next = document.get("exposures");
  if (isSeq(next)) {
    next.items = [...kept, ...own];
    next.flow = false;
  }
  return document.toString({ lineWidth: 0 });
}

/** dbt renders each text of the file with Jinja: a name with braces must not be executed. */
function withoutTemplates(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\{[{%#]/g, (opening) => `{{ '${opening}' }}`);
  if (Array.isArray(value)) return value.map(withoutTemplates);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutTemplates(part)]));
}

function newDocument(): Document {
  const document = parseDocument("version: 2\nexposures: []\n");
  document.commentBefore = comment;
  return document;
}

function parse(file: string, text: string): Document {
  const document = parseDocument(text);
  const [problem] = document.errors;
  const list = document.get("exposures");
  if (
    problem === undefined &&
    isMap(document.contents) &&
    (list === undefined || list === null || isSeq(list))
  )
    return document;
  throw new CommandError(
    "FILE_NOT_WRITTEN",
    `${file} is not a YAML file with exposures${problem === undefined ? "" : ` (${problem.message.split("\n")[0]})`}.`,
    "Correct it, or choose another file with -o.",
  );
}

function isOurs(item: unknown): boolean {
  if (!isMap(item)) return false;
  const meta = [item.getIn(["config", "meta"]), item.get("meta")];
  return meta.some((each) => isMap(each) && (each as YAMLMap).has("dagster_sigma"));
}

function nameOf(item: unknown): unknown {
  return isMap(item) ? item.get("name") : undefined;
}
