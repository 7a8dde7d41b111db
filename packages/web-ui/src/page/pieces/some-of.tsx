import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";

/** The first of many as a list, with a button for the rest. */
export function SomeOf<Thing>(props: {
  readonly things: readonly Thing[];
  /** Number of items that are shown at first. */
  readonly first: number;
  readonly keyOf: (thing: Thing) => string | number;
  /** What stands in an entry. */
  readonly children: (thing: Thing) => ComponentChildren;
  readonly class?: string;
}): VNode {
  const { things, first, keyOf, children } = props;
  const [isAll, setAll] = useState(false);
  const shown = isAll ? things : things.slice(0, first);
  return (
    <>
      <ul class={props.class}>
        {shown.map((thing) => (
          <li key={keyOf(thing)}>{children(thing)}</li>
        ))}
      </ul>
      {shown.length < things.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {things.length}
        </button>
      )}
    </>
  );
}
