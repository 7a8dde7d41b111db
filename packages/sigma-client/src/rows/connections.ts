import { type Audited, audited, type Optional, optionalFlag, optionalText, type Row } from "./fields.ts";
import { list, optional, type RowShape, row, text } from "./row-shape.ts";

/** `GET /v2/connections`. Says nothing of database or schema. */
export interface ConnectionRow extends Audited {
  readonly connectionId: string;
  readonly name?: Optional<string>;
  /** `snowflake`, `bigQuery`, `redshift`, …; compare without regard to case. */
  readonly type?: Optional<string>;
  /** Account of a Snowflake connection. */
  readonly account?: Optional<string>;
  readonly host?: Optional<string>;
  readonly isSample?: Optional<boolean>;
  /** Whether Sigma shows `CUSTOMER_ID` as `Customer Id`. */
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
  readonly connectionId?: Optional<string>;
  readonly urlId?: Optional<string>;
  /** For example `["HARBOR", "RAW", "PORT_CALLS"]`; how many parts there are depends on the connection's type. */
  readonly path: readonly string[];
}

export const connectionPathRow: RowShape<ConnectionPathRow> = row({
  connectionId: optionalText,
  urlId: optionalText,
  path: list(text),
});

/** `GET /v2/connections/tables/{tableId}/columns`. */
export interface TableColumnRow extends Row {
  readonly name: string;
  readonly type?: Optional<{ readonly type?: Optional<string> }>;
  /** `included`, `hidden` or `removed`. */
  readonly visibility?: Optional<string>;
  readonly description?: Optional<string>;
}

export const tableColumnRow: RowShape<TableColumnRow> = row({
  name: text,
  type: optional(row({ type: optionalText })),
  visibility: optionalText,
  description: optionalText,
});
