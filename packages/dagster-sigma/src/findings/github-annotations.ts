import type { Finding } from "./finding.ts";

/**
 * Findings as workflow commands of GitHub Actions, which shows them at the lines of a pull request.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubAnnotations(findings: readonly Finding[]): string {
  return findings
    .map(({ level, title, message, file, line }) => {
      const properties = [
        ...(file === null ? [] : [`file=${property(file)}`]),
        ...(file === null || line === null ? [] : [`line=${line}`]),
        `title=${property(title)}`,
      ];
      return `::${level === "note" ? "notice" : level} ${properties.join(",")}::${data(message)}\n`;
    })
    .join("");
}

/** A line break would start another command. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
