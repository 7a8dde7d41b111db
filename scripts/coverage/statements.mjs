// Statements by file and start position, which is the same for every way of compiling a statement.

/**
 * @typedef {Map<string, Map<string, number>>} Statements file → `line:column` → execution count
 */

/**
 * Adds istanbul's counts of one file.
 *
 * @param {Statements} statements
 * @param {{ path: string, statementMap: object, s: Record<string, number> }} counted
 */
export function addCounted(statements, { path, statementMap, s }) {
  const ofFile = statements.get(path) ?? new Map();
  statements.set(path, ofFile);
  for (const [id, { start }] of Object.entries(statementMap)) {
    const place = `${start.line}:${start.column}`;
    ofFile.set(place, (ofFile.get(place) ?? 0) + s[id]);
  }
}

/**
 * The statement coverage of groups of files. Includes only statements that the tests' compiler reports.
 *
 * @param {Statements} own
 * @param {readonly Statements[]} more
 * @param {(file: string) => string} groupOf
 */
export function coverageByGroup(own, more, groupOf) {
  const groups = new Map();
  for (const [file, places] of own) {
    const name = groupOf(file);
    const group = groups.get(name) ?? { statements: 0, inTests: 0, covered: 0 };
    groups.set(name, group);
    for (const [place, count] of places) {
      group.statements++;
      if (count > 0) group.inTests++;
      if (isCovered(file, place, count, more)) group.covered++;
    }
  }
  return groups;
}

/**
 * The lines at which uncovered statements begin, by file, for files that have some.
 *
 * @param {Statements} own
 * @param {readonly Statements[]} more
 * @returns {ReadonlyMap<string, readonly number[]>}
 */
export function uncoveredLines(own, more) {
  const found = new Map();
  for (const [file, places] of [...own].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const lines = [...places]
      .filter(([place, count]) => !isCovered(file, place, count, more))
      .map(([place]) => Number.parseInt(place, 10));
    if (lines.length > 0)
      found.set(
        file,
        [...new Set(lines)].sort((a, b) => a - b),
      );
  }
  return found;
}

function isCovered(file, place, count, more) {
  return count > 0 || more.some((each) => (each.get(file)?.get(place) ?? 0) > 0);
}
