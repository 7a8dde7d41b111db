/** A text as a cell of a Markdown table, or within a line: without signs that Markdown would interpret. */
export function markdownCell(text: string): string {
  return text.replace(/[\\|`*_{}[\]<>]/g, "\\$&").replace(/\s*[\r\n]\s*/g, " ");
}
