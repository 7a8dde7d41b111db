import { nonEmptyText, number, optional, type RowShape, row, text } from "./row-shape.ts";

export interface TokenRow {
  readonly access_token: string;
  readonly refresh_token?: string | null | undefined;
  /** Lifetime in seconds. */
  readonly expires_in?: number | null | undefined;
}

export const tokenRow: RowShape<TokenRow> = row({
  access_token: nonEmptyText,
  refresh_token: optional(text),
  expires_in: optional(number),
});
