import { type Audited, audited, type Optional, optionalText } from "./fields.ts";
import { type RowShape, row } from "./row-shape.ts";

/** `GET /v2/files`: any object with a place in Sigma's folders, warehouse tables among them. */
export interface FileRow extends Audited {
  /** UUID. Missing in some older answers, which have the `urlId` only. */
  readonly id?: Optional<string>;
  /** The UUID in base62. */
  readonly urlId?: Optional<string>;
  readonly name?: Optional<string>;
  /** `workbook`, `folder`, `dataset`, `data-model`, `table`, …; an open list. */
  readonly type?: Optional<string>;
  readonly parentId?: Optional<string>;
  readonly parentUrlId?: Optional<string>;
  readonly permission?: Optional<string>;
  /** Of a table: `Connection Root/DB/SCHEMA`. */
  readonly path?: Optional<string>;
  /** `Endorsed`, `Warning`, `Deprecated`. */
  readonly badge?: Optional<string>;
  readonly ownerId?: Optional<string>;
  readonly description?: Optional<string>;
  /** On a row that stands for an error instead of a file. */
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
