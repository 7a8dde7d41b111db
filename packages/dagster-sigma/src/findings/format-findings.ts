import type { Finding } from "./finding.ts";
import { githubAnnotations } from "./github-annotations.ts";
import { gitlabReport } from "./gitlab-report.ts";
import { sarifLog } from "./sarif-log.ts";

/** Formats of findings that services for code read. */
export const findingFormats = ["github", "gitlab", "sarif"] as const;

type FindingFormat = (typeof findingFormats)[number];

/** A writer for each format. `findings` and `describeRule` are called only for the format that is wanted. */
export function findingWriters(
  findings: () => readonly Finding[],
  describeRule: (rule: string) => string,
): Readonly<Record<FindingFormat, () => string>> {
  const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  return {
    github: () => githubAnnotations(findings()),
    gitlab: () => jsonText(gitlabReport(findings())),
    sarif: () => jsonText(sarifLog(findings(), describeRule)),
  };
}
