import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { buildHealth, type HealthFinding, type HealthGroup } from "../../model/build-health.ts";
import { counted } from "../../model/format-count.ts";
import { AssetLink } from "../details/asset-link.tsx";
import { SomeOf } from "../pieces/some-of.tsx";
import { model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";

const shownAtFirst = 30;
const staleChoices = [30, 90, 180, 365] as const;

/** What is wrong with the organization, and what is worth a look. */
export function HealthView(): VNode | null {
  const graph = model.value;
  const { staleDays } = view.value;
  const health = useMemo(
    () => (graph === null ? null : buildHealth(graph, Date.now() / 1_000, staleDays)),
    [graph, staleDays],
  );
  if (graph === null || health === null) return null;
  const { scopes, outcomes } = graph.graph;
  return (
    <div class="page-view health">
      <header>
        <h1>Health</h1>
        <label>
          Stale after{" "}
          <select
            value={String(staleDays)}
            onChange={({ currentTarget }) => changeView({ staleDays: Number(currentTarget.value) })}
          >
            {staleChoices.map((days) => (
              <option key={days} value={String(days)}>
                {days} days
              </option>
            ))}
          </select>
        </label>
      </header>
      {scopes.length > 0 && (
        <p class="hint">
          The graph was loaded {scopes.join(" and ")}. What that leaves out is missing from every answer here.
        </p>
      )}
      <h2>Noticed while loading</h2>
      {health.groups.length === 0 && (
        <p class="good">
          {graph.assets.length === 0
            ? "Nothing, but there are no assets either."
            : graph.graph.sources.length === 0
              ? "Nothing: these definitions are not loaded from another tool."
              : "Nothing: everything that is there was loaded."}
        </p>
      )}
      {health.groups.map((group) => (
        <Diagnostics key={group.code} group={group} />
      ))}
      <h2>Worth a look</h2>
      {health.findings.length === 0 && (
        <p class="good">Nothing: everything is connected, owned and changed lately.</p>
      )}
      {health.findings.map((finding) => (
        <Finding key={finding.title} finding={finding} />
      ))}
      {outcomes.length > 0 && (
        <>
          <h2>Outcome of the load</h2>
          <table class="list">
            <tbody>
              {outcomes.map(({ what, counts }) => (
                <tr key={what}>
                  <th scope="row">{inWords(what)}</th>
                  <td>
                    {Object.entries(counts)
                      .filter(([, count]) => count > 0)
                      .map(([outcome, count]) => `${count} ${inWords(outcome)}`)
                      .join(" · ")}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

/** One cause: what it means and what to do are said once, and then the objects. */
function Diagnostics({ group }: { readonly group: HealthGroup }): VNode {
  const { code, meaning, whatToDo, severity, diagnostics } = group;
  return (
    <details class={`finding ${severity}`} open={diagnostics.length <= 5}>
      <summary>
        <span class={`dot ${severity}`} /> <strong>{meaning ?? code}</strong>{" "}
        <span class="muted">
          {countOf(diagnostics)} · {severity} · {code}
        </span>
      </summary>
      {whatToDo !== null && (
        <p class="what-to-do">
          <strong>What to do:</strong> {whatToDo}
        </p>
      )}
      <SomeOf
        things={diagnostics.map((diagnostic, at) => ({ ...diagnostic, at }))}
        first={shownAtFirst}
        keyOf={({ at }) => at}
      >
        {({ message, asset, object }) => (
          <>
            {asset !== null ? <AssetLink asset={asset} /> : object !== null && <strong>{object.name}</strong>}
            <span class="muted">{whatToDo === null ? message : withoutEnd(message, whatToDo)}</span>
            {object?.url != null && /^https?:\/\//i.test(object.url) && (
              <a href={object.url} target="_blank" rel="noreferrer">
                Open ↗
              </a>
            )}
          </>
        )}
      </SomeOf>
    </details>
  );
}

/** `12 documents`, or `3 reports` if some are about other things. */
function countOf(diagnostics: HealthGroup["diagnostics"]): string {
  const { length } = diagnostics;
  const documents = ["workbook", "dataModel", "dataset"];
  const noun = diagnostics.every(({ object }) => documents.includes(object?.type ?? ""))
    ? "document"
    : "report";
  return counted(length, noun);
}

/** Messages end with what to do, which is said once for all. */
function withoutEnd(message: string, end: string): string {
  return message.endsWith(end) ? message.slice(0, -end.length).trimEnd() : message;
}

function Finding({ finding }: { readonly finding: HealthFinding }): VNode {
  return (
    <details class="finding">
      <summary>
        <strong>{finding.title}</strong> <span class="muted">{finding.assets.length}</span>
      </summary>
      <p class="hint">{finding.whatItMeans}</p>
      <SomeOf class="links" things={finding.assets} first={shownAtFirst} keyOf={(asset) => asset}>
        {(asset) => <AssetLink asset={asset} />}
      </SomeOf>
    </details>
  );
}

/** `withoutSources` as people write it. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
