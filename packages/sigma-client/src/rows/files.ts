import { type Audited, audited, type Optional, optionalText } from "./fields.ts";
import { type RowShape, row } from "./row-shape.ts";

/** `GET /v2/files`: any object in Sigma's folders, including warehouse tables. */
export interface FileRow extends Audited {
  /** UUID. Missing in some older responses, which contain only the `urlId`. */
  readonly id?: Optional<string>;
  /** The UUID in base62. */
  readonly urlId?: Optional<string>;
  /** Display name. */
  readonly name?: Optional<string>;
  /** `workbook`, `folder`, `dataset`, `data-model`, `table`, …; Sigma may add types. */
  readonly type?: Optional<string>;
  /** UUID of the folder. */
  readonly parentId?: Optional<string>;
  /** The folder's UUID in base62. */
  readonly parentUrlId?: Optional<string>;
  /** Permission of the credentials' owner. */
  readonly permission?: Optional<string>;
  /** Folder path; `Connection Root/DB/SCHEMA` for a table. */
  readonly path?: Optional<string>;
  /** `Endorsed`, `Warning`, `Deprecated`. */
  readonly badge?: Optional<string>;
  /** Member id of the owner. */
  readonly ownerId?: Optional<string>;
  /** Description in Sigma. */
  readonly description?: Optional<string>;
  /** Error message of a row that represents an error instead of a file. */
  readonly message?: Optional<string>;
}

export const fileRow: RowShape<FileRow> = row({
  ...audited,
  id: optionalText,
  urlId: optionalText,
  name: optionalText,
  type: optionalText,
  parentId: optionalText,
  parentUrlId: optionalText,
  permission: optionalText,
  path: optionalText,
  badge: optionalText,
  ownerId: optionalText,
  description: optionalText,
  message: optionalText,
});
