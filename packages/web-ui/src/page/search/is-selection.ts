/** Attributes and functions of Dagster's selection syntax. */
const syntax =
  /(^|[\s(])(key|key_substring|kind|owner|tag|group|column|table_name|is|folder|problem|changed_since|changed_before|code_location|status|changed_in_branch)\s*:|(^|[\s(])(sinks|roots)\s*\(|\+|^\s*(not\s|\*\s*$)/i;

/** Whether a text is a selection in Dagster's syntax, and not words to look for. */
export function isSelection(text: string): boolean {
  return syntax.test(text);
}
