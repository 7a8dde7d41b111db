import { type Audited, audited, type Optional, optionalFlag, optionalText, type Row } from "./fields.ts";
import { list, optional, type RowShape, row, text } from "./row-shape.ts";

/** `GET /v2/connections`. The response contains neither database nor schema. */
export interface ConnectionRow extends Audited {
  /** UUID. */
  readonly connectionId: string;
  /** Display name. */
  readonly name?: Optional<string>;
  /** `snowflake`, `bigQuery`, `redshift`, …; compare case-insensitively. */
  readonly type?: Optional<string>;
  /** Account of a Snowflake connection. */
  readonly account?: Optional<string>;
  /** Host name of the warehouse. */
  readonly host?: Optional<string>;
  /** Whether it is Sigma's sample connection. */
  readonly isSample?: Optional<boolean>;
  /** Whether Sigma displays `CUSTOMER_ID` as `Customer Id`. */
  readonly friendlyName?: Optional<boolean>;
}

export const connectionRow: RowShape<ConnectionRow> = row({
  ...audited,
  connectionId: text,
  name: optionalText,
  type: optionalText,
  account: optionalText,
  host: optionalText,
  isSample: optionalFlag,
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
  path: list(text),
});

/** `GET /v2/connections/tables/{tableId}/columns`. */
export interface TableColumnRow extends Row {
  /** Real name in the warehouse. */
  readonly name: string;
  /** Data type. */
  readonly type?: Optional<{ readonly type?: Optional<string> }>;
  /** `included`, `hidden` or `removed`. */
  readonly visibility?: Optional<string>;
  /** Description in Sigma or the warehouse. */
  readonly description?: Optional<string>;
}

export const tableColumnRow: RowShape<TableColumnRow> = row({
  name: text,
  type: optional(row({ type: optionalText })),
  visibility: optionalText,
  description: optionalText,
});
