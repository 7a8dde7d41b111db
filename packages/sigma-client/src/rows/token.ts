import { z } from "zod";

export interface TokenRow {
  readonly access_token: string;
  readonly refresh_token?: string | null | undefined;
  /** Seconds. */
  readonly expires_in?: number | null | undefined;
}

export const tokenRow: z.ZodType<TokenRow> = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  expires_in: z.number().nullish(),
});
