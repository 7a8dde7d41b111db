import { version } from "../version.ts";
import { type Finding, fingerprintOf } from "./finding.ts";

/**
 * Findings as SARIF 2.1.0, which code scanning of GitHub and editors read.
 *
 * @param describeRule says in a sentence what a rule means
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(findings: readonly Finding[], describeRule: (rule: string) => string): object {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "dagster-sigma",
            version,
            informationUri: "https://github.com/dagster-sigma/dagster-sigma-typescript",
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: describeRule(id) },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ level, rule, title, message, file, line, identity }) => ({
          ruleId: rule,
          ruleIndex: rules.indexOf(rule),
          level,
          message: { text: `${title}\n${message}` },
          partialFingerprints: { "dagsterSigma/v1": fingerprintOf(rule, identity) },
          ...(file === null
            ? {}
            : {
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
                      region: { startLine: line ?? 1 },
                    },
                  },
                ],
              }),
        })),
      },
    ],
  };
}
