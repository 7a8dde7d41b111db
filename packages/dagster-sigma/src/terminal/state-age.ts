import type { LoadReport } from "@dagster-sigma/asset-graph";

const units: readonly (readonly [name: string, ms: number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** One line for each load that used a saved state: its age, and how to update it. */
export function formatStateAges(reports: readonly LoadReport[], nowMs: number): string {
  return reports
    .filter(({ stateFile, requests }) => stateFile !== null && requests === 0)
    .map(
      ({ fetchedAt }) =>
        `As of ${age(nowMs - Date.parse(fetchedAt))}; \`dagster-sigma refresh\` updates it.\n`,
    )
    .join("");
}

function age(ms: number): string {
  const [name, unit] = units.find(([, length]) => ms >= length) ?? ["", 0];
  if (unit === 0) return "less than a minute ago";
  const count = Math.floor(ms / unit);
  return `${count} ${name}${count === 1 ? "" : "s"} ago`;
}
