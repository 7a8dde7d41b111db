import { z } from "zod";
import { type Audited, audited, type Optional, optionalFlag, optionalText, type Row } from "./fields.ts";

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

export const connectionRow: z.ZodType<ConnectionRow> = z.looseObject({
  ...audited,
  connectionId: z.string(),
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

export const connectionPathRow: z.ZodType<ConnectionPathRow> = z.looseObject({
  connectionId: optionalText,
  urlId: optionalText,
  path: z.array(z.string()),
});

/** `GET /v2/connections/tables/{tableId}/columns`. */
export interface TableColumnRow extends Row {
  readonly name: string;
  readonly type?: Optional<{ readonly type?: Optional<string> }>;
  /** `included`, `hidden` or `removed`. */
  readonly visibility?: Optional<string>;
  readonly description?: Optional<string>;
}

export const tableColumnRow: z.ZodType<TableColumnRow> = z.looseObject({
  name: z.string(),
  type: z.looseObject({ type: optionalText }).nullish(),
  visibility: optionalText,
  description: optionalText,
});
