import type { StateHeader } from "./organization-state.ts";

/** The format that this version writes, and the newest one that it reads. */
export const stateFormatVersion = 3;

/**
 * Migrates the header of a state in an older format. Format 1 has no badges and no listing counts. Formats 1 and 2 have no
 * checksums and do not name the version that wrote them. Their other lines are those of format 3.
 */
export function migrateHeader(header: Readonly<Record<string, unknown>>, formatVersion: number): StateHeader {
  if (formatVersion > 1) return { ...header, formatVersion: stateFormatVersion } as unknown as StateHeader;
  const options = { ...(header["options"] as StateHeader["options"]), fetchBadges: false };
  return { ...header, formatVersion: stateFormatVersion, options, listed: null } as unknown as StateHeader;
}
