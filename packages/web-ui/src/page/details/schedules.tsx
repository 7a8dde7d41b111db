import type { VNode } from "preact";
import type { PageAssetDetails } from "../../model/page-graph.ts";

/** When an asset is materialized by its own tool. */
export function Schedules({ details }: { readonly details: PageAssetDetails }): VNode | null {
  const { schedules } = details;
  if (schedules.length === 0) return null;
  return (
    <section class="schedules">
      <h3>
        Schedules <span class="muted">{schedules.length}</span>
      </h3>
      <dl class="facts">
        {schedules.map(({ name, cron, timeZone, isPaused }, at) => (
          <div key={`${at} ${name}`}>
            <dt title={name}>{name || "Element"}</dt>
            <dd>
              {cron === null ? "no time" : <code>{cron}</code>} {timeZone}
              {isPaused && <span class="muted"> paused</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
