/** Rows as CSV (RFC 4180). A cell that a spreadsheet would interpret as a formula gets a leading apostrophe. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
