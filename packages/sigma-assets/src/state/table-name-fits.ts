/**
 * Whether a name in SQL may mean the table with a path: one ends with the other, ignoring case. SQL may omit database
 * and schema, and some connections do not show the database.
 */
export function nameFits(name: readonly string[], path: readonly string[]): boolean {
  const shorter = Math.min(name.length, path.length);
  if (shorter === 0) return false;
  for (let back = 1; back <= shorter; back++) {
    if (name.at(-back)?.toLowerCase() !== path.at(-back)?.toLowerCase()) return false;
  }
  return true;
}
