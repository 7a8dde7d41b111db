import type { StateHeader } from "./organization-state.ts";

/** The newest format that this version reads, and the one it writes. */
export const stateFormatVersion = 2;

/**
 * The header of a state of an older format, as the newest one has it. Format 1 knows no badges and does not count what
 * was listed; its lines are otherwise those of format 2.
 */
export function migrateHeader(header: Readonly<Record<string, unknown>>, formatVersion: number): StateHeader {
  if (formatVersion > 1) return header as unknown as StateHeader;
  const options = { ...(header["options"] as StateHeader["options"]), fetchBadges: false };
  return { ...header, formatVersion: 2, options, listed: null } as unknown as StateHeader;
}
