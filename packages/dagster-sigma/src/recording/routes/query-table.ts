import type { Renaming } from "../renaming/renaming.ts";
import { fileType, permission } from "../rules/known-values.ts";
import { cursorText, email, flag, id, name } from "../rules/scalar-rules.ts";
import { textRule, type ValueRule } from "../rules/value-rule.ts";

const number: ValueRule = textRule("kept", (text) => (/^\d{1,6}$/.test(text) ? text : "0"));
const cursor: ValueRule = textRule("id, numbers are kept", cursorText);

/** What a recording keeps of the parameters of requests. Others are recorded as `other=text`. */
export const queryTable: Readonly<Record<string, ValueRule>> = {
  limit: number,
  pageSize: number,
  page: cursor,
  pageToken: cursor,
  typeFilters: fileType,
  permissionFilter: permission,
  isArchived: flag,
  includeArchived: flag,
  includeInactive: flag,
  skipPermissionCheck: flag,
  excludeExplorations: flag,
  excludeTags: flag,
  directChildFilter: flag,
  connectionId: id,
  parentId: id,
  name,
  search: name,
  email,
};

/** A parameter as a recording has it. */
export function recordParameter(
  [parameter, value]: readonly [string, string],
  renaming: Renaming,
): readonly [string, string] {
  const rule = Object.hasOwn(queryTable, parameter) ? queryTable[parameter] : undefined;
  return rule === undefined ? ["other", "text"] : [parameter, String(rule.write(value, renaming, {}))];
}
