import type { LoadReport } from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";

const units: readonly (readonly [name: string, ms: number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/**
 * One line for each load that used a saved state: its age, and how to update it. If there are several organizations, it
 * names them.
 *
 * @param startedMs states fetched later were fetched by this process, and are omitted
 */
export function formatStateAges(
  reports: readonly LoadReport[],
  nowMs: number,
  startedMs: number = nowMs,
): string {
  const isOne = new Set(reports.map(nameOf)).size <= 1;
  return reports
    .filter(({ stateFile, requests }) => stateFile !== null && requests === 0)
    .filter(({ fetchedAt }) => Date.parse(fetchedAt) < startedMs)
    .map((report) => {
      const asOf = `of ${age(nowMs - Date.parse(report.fetchedAt))}; \`dagster-sigma refresh\` updates it.\n`;
      return isOne ? `As ${asOf}` : `${printable(nameOf(report))}: as ${asOf}`;
    })
    .join("");
}

function nameOf({ organization, source }: LoadReport): string {
  return organization ?? source;
}

function age(ms: number): string {
  const [name, unit] = units.find(([, length]) => ms >= length) ?? ["", 0];
  if (unit === 0) return "less than a minute ago";
  const count = Math.floor(ms / unit);
  return `${count} ${name}${count === 1 ? "" : "s"} ago`;
}
