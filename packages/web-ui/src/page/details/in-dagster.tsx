import type { VNode } from "preact";
import { formatTime } from "../../model/format-time.ts";
import {
  assetUrl,
  type Freshness,
  runUrl,
  type Staleness,
  stalePath,
  staleWords,
} from "../../model/freshness.ts";
import type { PageDagsterState } from "../../model/page-dagster.ts";
import { freshness } from "../state/dagster-state.ts";
import { AssetLink } from "./asset-link.tsx";
import { FactList } from "./fact-list.tsx";

/** What a running Dagster knows about an asset, and why it is not fresh. */
export function InDagster({ asset }: { readonly asset: number }): VNode | null {
  const known = freshness.value;
  if (known === null) return null;
  const { dagster } = known;
  const state = known.states.get(asset);
  const staleness = known.stale.get(asset);
  return (
    <section class="in-dagster" aria-label="In Dagster">
      <h3>In Dagster</h3>
      {dagster.error !== null && (
        <p class="problem warning">
          {dagster.error}{" "}
          {dagster.askedAtMs !== null && `This is as of ${formatTime(dagster.askedAtMs / 1_000)} UTC.`}
        </p>
      )}
      {staleness !== undefined && <WhyStale known={known} asset={asset} staleness={staleness} />}
      {staleness === undefined && state !== undefined && dagster.error === null && (
        <p class="good">Nothing upstream has failed, is late or has a failed check.</p>
      )}
      {state === undefined ? (
        dagster.askedAtMs !== null && <p class="muted">Dagster does not know this asset.</p>
      ) : (
        <State known={known} state={state} />
      )}
    </section>
  );
}

function WhyStale(props: {
  readonly known: Freshness;
  readonly asset: number;
  readonly staleness: Staleness;
}): VNode {
  const { reason, through } = props.staleness;
  if (through === null) return <p class="problem error">It {staleWords[reason]}.</p>;
  return (
    <div class="problem error">
      Stale, because this {staleWords[reason]}:
      <ol class="stale-path">
        {stalePath(props.known, props.asset).map((step) => (
          <li key={step}>
            <AssetLink asset={step} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function State(props: { readonly known: Freshness; readonly state: PageDagsterState }): VNode {
  const { dagster } = props.known;
  const { materializedAtMs, observedAtMs, run, isInProgress, isLate, failedChecks, path } = props.state;
  const rows: readonly (readonly [string, string])[] = [
    ["Materialized", materializedAtMs === null ? "never" : `${formatTime(materializedAtMs / 1_000)} UTC`],
    ["Observed", observedAtMs === null ? "" : `${formatTime(observedAtMs / 1_000)} UTC`],
    ["Freshness", isLate === null ? "" : isLate ? "late" : "on time"],
    ["Failed checks", failedChecks.join(", ")],
    ["Now", isInProgress ? "a run is in progress" : ""],
  ];
  return (
    <>
      <FactList rows={rows}>
        {run !== null && (
          <div>
            <dt>Last run</dt>
            <dd>
              <a href={runUrl(dagster, run.id)} target="_blank" rel="noreferrer">
                {run.status.toLowerCase()} ↗
              </a>
            </dd>
          </div>
        )}
      </FactList>
      <a href={assetUrl(dagster, path)} target="_blank" rel="noreferrer">
        Open in Dagster ↗
      </a>
    </>
  );
}
