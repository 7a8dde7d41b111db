import { type Finding, fingerprintOf } from "./finding.ts";

const severities = { error: "major", warning: "minor", note: "info" } as const;

/**
 * Findings as a Code Quality report of GitLab, which shows them in the merge request. A finding without a file is shown at the file that
 * the report needs, `.`.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/
 */
export function gitlabReport(findings: readonly Finding[]): readonly object[] {
  return findings.map(({ level, rule, title, message, file, line, identity }) => ({
    description: `${title}\n${message}`,
    check_name: `dagster-sigma/${rule}`,
    fingerprint: fingerprintOf(rule, identity),
    severity: severities[level],
    location: { path: file ?? ".", lines: { begin: line ?? 1 } },
  }));
}
