/**
 * Whether a name in SQL may refer to the table with a path: one ends with the other, case-insensitively. SQL may omit
 * database and schema, and some connections do not report the database.
 */
export function nameFits(name: readonly string[], path: readonly string[]): boolean {
  const shorter = Math.min(name.length, path.length);
  if (shorter === 0) return false;
  for (let back = 1; back <= shorter; back++) {
    if (name.at(-back)?.toLowerCase() !== path.at(-back)?.toLowerCase()) return false;
  }
  return true;
}
