import { type Optional, optionalText, type Row } from "./fields.ts";
import { type RowShape, row, unchecked } from "./row-shape.ts";

/** `GET /v2/files`: any object in Sigma's folders, including warehouse tables. */
export interface FileRow extends Row {
  /** UUID. Missing in some older responses, which contain only the `urlId`. */
  readonly id?: Optional<string>;
  /** The UUID in base62. */
  readonly urlId?: Optional<string>;
  /** Display name. */
  readonly name?: Optional<string>;
  /** `workbook`, `folder`, `dataset`, `data-model`, `table`, …; Sigma may add types. */
  readonly type?: unknown;
  /** UUID of the folder. */
  readonly parentId?: unknown;
  /** The folder's UUID in base62. */
  readonly parentUrlId?: unknown;
  /** Permission of the credentials' owner. */
  readonly permission?: unknown;
  /** Folder path; `Connection Root/DB/SCHEMA` for a table. */
  readonly path?: Optional<string>;
  /** `Endorsed`, `Warning`, `Deprecated`. */
  readonly badge?: Optional<string>;
  /** Member id of the owner. */
  readonly ownerId?: unknown;
  /** Description in Sigma. */
  readonly description?: unknown;
  /** Error message of a row that represents an error instead of a file. */
  readonly message?: unknown;
}

export const fileRow: RowShape<FileRow> = row({
  id: optionalText,
  urlId: optionalText,
  name: optionalText,
  type: unchecked,
  parentId: unchecked,
  parentUrlId: unchecked,
  permission: unchecked,
  path: optionalText,
  badge: optionalText,
  ownerId: unchecked,
  description: unchecked,
  message: unchecked,
});
