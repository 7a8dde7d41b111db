import type { VNode } from "preact";
import { graphKeys } from "../graph/graph-keys.ts";

/** The keys of the graph, behind a question mark. */
export function KeysHelp(): VNode {
  return (
    <details class="keys-help">
      <summary aria-label="Keys" title="Keys">
        ?
      </summary>
      <div class="keys-list">
        <strong>Keys, while the graph has the focus</strong>
        <dl>
          {graphKeys.map(([keys, what]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
          <div>
            <dt>
              <kbd>Ctrl K</kbd>
            </dt>
            <dd>find anything, from anywhere</dd>
          </div>
        </dl>
      </div>
    </details>
  );
}
