import { type Optional, optionalFlag, optionalText, type Row } from "./fields.ts";
import { id, nonEmptyText, type RowShape, row, unchecked, wholeList } from "./row-shape.ts";

/** `GET /v2/connections`. The response contains neither database nor schema. */
export interface ConnectionRow extends Row {
  /** UUID. */
  readonly connectionId: string;
  /** Display name. */
  readonly name?: Optional<string>;
  /** `snowflake`, `bigQuery`, `redshift`, …; compare case-insensitively. */
  readonly type?: Optional<string>;
  /** Account of a Snowflake connection. */
  readonly account?: unknown;
  /** Host name of the warehouse. */
  readonly host?: unknown;
  /** Whether it is Sigma's sample connection. */
  readonly isSample?: unknown;
  /** Whether Sigma displays `CUSTOMER_ID` as `Customer Id`. */
  readonly friendlyName?: Optional<boolean>;
}

export const connectionRow: RowShape<ConnectionRow> = row({
  connectionId: id,
  name: optionalText,
  type: optionalText,
  account: unchecked,
  host: unchecked,
  isSample: unchecked,
  friendlyName: optionalFlag,
});

/** `GET /v2/connections/paths` and `/v2/connections/paths/{inodeId}`. */
export interface ConnectionPathRow extends Row {
  /** UUID of the connection. */
  readonly connectionId?: Optional<string>;
  /** The object's UUID in base62. */
  readonly urlId?: Optional<string>;
  /** For example `["HARBOR", "RAW", "PORT_CALLS"]`; the number of parts depends on the connection's type. */
  readonly path: readonly string[];
}

export const connectionPathRow: RowShape<ConnectionPathRow> = row({
  connectionId: optionalText,
  urlId: optionalText,
  // A path without one of its names would be that of another object.
  path: wholeList(nonEmptyText),
});

/** `GET /v2/connections/tables/{tableId}/columns`. */
export interface TableColumnRow extends Row {
  /** Real name in the warehouse. */
  readonly name: string;
  /** Data type. */
  readonly type?: unknown;
  /** `included`, `hidden` or `removed`. */
  readonly visibility?: unknown;
  /** Description in Sigma or the warehouse. */
  readonly description?: unknown;
}

export const tableColumnRow: RowShape<TableColumnRow> = row({
  name: nonEmptyText,
  type: unchecked,
  visibility: unchecked,
  description: unchecked,
});
