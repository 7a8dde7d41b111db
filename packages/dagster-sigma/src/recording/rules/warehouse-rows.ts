import type { ConnectionPathRow, ConnectionRow, FileRow, TableColumnRow } from "@dagster-sigma/sigma-client";
import { list, row } from "./container-rules.ts";
import { typeOfColumn } from "./content-rows.ts";
import { audit } from "./document-rows.ts";
import { errorFields } from "./error-row.ts";
import { badge, connectionType, fileType, permission, visibility } from "./known-values.ts";
import { flag, freeText, id, leftOut, name, path, time } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** Rows of connections, tables and files. */

const notedType: ValueRule = {
  ...connectionType,
  write: (value, renaming, connection) => {
    if (typeof value === "string") renaming.noteConnection(connection["connectionId"], value);
    return connectionType.write(value, renaming, connection);
  },
};

export const connection: ValueRule = row<ConnectionRow>("connection", {
  ...audit,
  organizationId: id,
  connectionId: id,
  name,
  account: leftOut,
  host: leftOut,
  type: notedType,
  isSample: flag,
  isAuditLog: flag,
  useOauth: flag,
  friendlyName: flag,
  lastActiveAt: time,
});

export const connectionPath: ValueRule = row<ConnectionPathRow>("path", {
  connectionId: id,
  urlId: id,
  path: list(name),
});

export const tableColumn: ValueRule = row<TableColumnRow>("column of a table", {
  name,
  type: typeOfColumn,
  visibility,
  description: freeText,
});

export const file: ValueRule = row<FileRow>("file", {
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
  ...errorFields,
});
