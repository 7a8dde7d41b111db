import type { VNode } from "preact";
import type { PageAssetDetails } from "../../model/page-graph.ts";

interface Schedule {
  readonly element: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly isPaused: boolean;
}

/** When an asset is materialized by its own tool, where an integration lists it under `…/materialization_schedules`. */
export function Schedules({ details }: { readonly details: PageAssetDetails }): VNode | null {
  const schedules = details.metadata
    .filter(({ label }) => label.endsWith("/materialization_schedules"))
    .flatMap(({ value }) => (Array.isArray(value) ? value.filter(isRecord).map(readSchedule) : []));
  if (schedules.length === 0) return null;
  return (
    <section class="schedules">
      <h3>
        Schedules <span class="muted">{schedules.length}</span>
      </h3>
      <dl class="facts">
        {schedules.map(({ element, cron, timeZone, isPaused }, at) => (
          <div key={`${at} ${element}`}>
            <dt title={element}>{element || "Element"}</dt>
            <dd>
              {cron === "" ? "no time" : <code>{cron}</code>} {timeZone}
              {isPaused && <span class="muted"> paused</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function readSchedule(row: Readonly<Record<string, unknown>>): Schedule {
  const times = isRecord(row["schedule"]) ? row["schedule"] : {};
  return {
    element: textOf(row["elementName"]) || textOf(row["sheetId"]),
    cron: textOf(times["cronSpec"]),
    timeZone: textOf(times["timezone"]),
    isPaused: row["paused"] === true,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
