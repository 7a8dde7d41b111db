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
      if (count > 0 || more.some((each) => (each.get(file)?.get(place) ?? 0) > 0)) group.covered++;
    }
  }
  return groups;
}
