import { list, row } from "./container-rules.ts";
import { typeOfColumn } from "./content-rows.ts";
import { audit } from "./document-rows.ts";
import { errorAnswer } from "./error-row.ts";
import { badge, connectionType, fileType, permission, visibility } from "./known-values.ts";
import { flag, freeText, id, name, path, time } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** Rows of connections, tables and files. */

const notedType: ValueRule = {
  ...connectionType,
  write: (value, renaming, connection) => {
    if (typeof value === "string") renaming.noteConnection(connection["connectionId"], value);
    return connectionType.write(value, renaming, connection);
  },
};

export const connection: ValueRule = row("connection", {
  ...audit,
  organizationId: id,
  connectionId: id,
  name,
  type: notedType,
  isSample: flag,
  isAuditLog: flag,
  useOauth: flag,
  friendlyName: flag,
  lastActiveAt: time,
});

export const connectionPath: ValueRule = row("path", { connectionId: id, urlId: id, path: list(name) });

export const tableColumn: ValueRule = row("column of a table", {
  name,
  type: typeOfColumn,
  visibility,
  description: freeText,
});

export const file: ValueRule = row("file", {
  ...audit,
  id,
  urlId: id,
  name,
  type: fileType,
  parentId: id,
  parentUrlId: id,
  permission,
  path,
  badge,
  ownerId: id,
  description: freeText,
  // A row may be an error.
  ...errorAnswer.rows[0]?.fields,
});
