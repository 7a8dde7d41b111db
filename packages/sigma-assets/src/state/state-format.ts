import type { StateHeader } from "./organization-state.ts";

/** The format that this version writes, and the newest one that it reads. */
export const stateFormatVersion = 2;

/**
 * Migrates the header of a state in an older format. Format 1 has no badges and no listing counts; its other lines are
 * those of format 2.
 */
export function migrateHeader(header: Readonly<Record<string, unknown>>, formatVersion: number): StateHeader {
  if (formatVersion > 1) return header as unknown as StateHeader;
  const options = { ...(header["options"] as StateHeader["options"]), fetchBadges: false };
  return { ...header, formatVersion: 2, options, listed: null } as unknown as StateHeader;
}
