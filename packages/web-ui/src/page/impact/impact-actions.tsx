import { impactCsv, impactMarkdown, impactMessage, ownerAddresses } from "@dagster-sigma/asset-graph/impact";
import type { VNode } from "preact";
import { CopyButton } from "../pieces/copy-button.tsx";
import { download } from "../pieces/download.ts";
import { model } from "../state/page-data.ts";
import type { ImpactSubject } from "./impact-subject.ts";

/** Number of owners with a button of their own; a list has the others. */
const mostOwners = 12;

/** Turns the answer into something to send. */
export function ImpactActions({ subject }: { readonly subject: ImpactSubject }): VNode | null {
  const graph = model.value;
  if (graph === null) return null;
  const { impact, what } = subject;
  const addresses = ownerAddresses(impact);
  const messageTo = (owner: string | null): string => impactMessage(graph, impact, owner, what);
  const rest = impact.owners.slice(mostOwners);
  return (
    <>
      <div class="actions">
        <CopyButton
          label="Copy as Markdown"
          file="impact.md"
          text={() => impactMarkdown(graph, impact, `What breaks if ${what} changes`)}
        />
        <button type="button" onClick={() => download("impact.csv", impactCsv(graph, impact))}>
          Save as CSV
        </button>
        <button type="button" onClick={() => print()}>
          Print
        </button>
      </div>
      {impact.owners.length > 0 && (
        <section class="owners" aria-label="Owners to notify">
          <strong>Owners to notify:</strong>{" "}
          {addresses.length > 0 && (
            <CopyButton label="Copy addresses" file="addresses.txt" text={() => addresses.join(", ")} />
          )}
          {impact.owners.length > 1 && (
            <CopyButton label="Copy a message to all" file="message.txt" text={() => messageTo(null)} />
          )}
          <ul>
            {impact.owners.slice(0, mostOwners).map(([owner, count]) => (
              <li key={owner}>
                {owner} <span class="muted">{count}</span>{" "}
                <CopyButton label="Copy message" file="message.txt" text={() => messageTo(owner)} />
              </li>
            ))}
          </ul>
          {rest.length > 0 && <p>{rest.map(([owner, count]) => `${owner} (${count})`).join(", ")}</p>}
        </section>
      )}
    </>
  );
}
