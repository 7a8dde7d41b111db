/**
 * The tables of a Markdown text, each with its preceding heading, header cells and rows.
 *
 * @param {string} text
 * @returns {{ heading: string, header: string[], rows: string[][] }[]}
 */
export function markdownTables(text) {
  const tables = [];
  let heading = "";
  let table = null;
  for (const line of text.split("\n")) {
    if (line.startsWith("#")) heading = line.replace(/^#+\s*/, "");
    if (!line.startsWith("|")) {
      table = null;
    } else if (table === null) {
      table = { heading, header: cellsOf(line), rows: [] };
      tables.push(table);
    } else if (!/^[|\s:-]+$/.test(line)) {
      table.rows.push(cellsOf(line));
    }
  }
  return tables;
}

/** The texts between backticks. */
export function quotedTexts(cell = "") {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text);
}

function cellsOf(line) {
  return line
    .slice(1, line.lastIndexOf("|"))
    .split("|")
    .map((cell) => cell.trim());
}
