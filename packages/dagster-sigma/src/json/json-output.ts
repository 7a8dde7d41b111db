/** Version of the JSON output of all commands; described in `docs/reference/json-output.md`. */
const jsonOutputVersion = 1;

/** The output of a command with `--json`: one line, an object whose first field is the version of the output. */
export function formatJson(output: object): string {
  return `${JSON.stringify({ version: jsonOutputVersion, ...output })}\n`;
}
