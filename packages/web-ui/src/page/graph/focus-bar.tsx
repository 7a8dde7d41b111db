import type { VNode } from "preact";
import type { Focus } from "../../model/view-address.ts";
import { indexOfKey, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import { picture } from "./picture.ts";

const hops = [0, 1, 2, 3, 5, Number.POSITIVE_INFINITY] as const;

/** What part of the graph is shown, and the way back to all of it; nothing while all of it is. */
export function FocusBar(): VNode | null {
  const { focus, isTracing, column, asset } = view.value;
  const current = picture.value;
  if (current === null) return null;
  if (current.type !== "map" && isTracing) {
    return (
      <div class="focus-bar" role="status">
        <span>
          Column <strong>{column}</strong> of <strong>{nameOf(asset)}</strong>, end to end
        </span>
        <button type="button" onClick={() => changeView({ isTracing: false })}>
          Show everything
        </button>
      </div>
    );
  }
  if (focus === null || current.type !== "focus") return null;
  return (
    <div class="focus-bar" role="status">
      <HopsChoice label="Up" hops={focus.up} onChange={(up) => change({ up })} />
      <strong>{nameOf(focus.key)}</strong>
      <HopsChoice label="Down" hops={focus.down} onChange={(down) => change({ down })} />
      <span class="muted">{current.assets.length} assets</span>
      <button type="button" onClick={() => changeView({ focus: null })}>
        Show everything
      </button>
    </div>
  );
}

function HopsChoice(props: {
  readonly label: string;
  readonly hops: number;
  readonly onChange: (hops: number) => void;
}): VNode {
  return (
    <label>
      {props.label}{" "}
      <select
        value={String(props.hops)}
        onChange={({ currentTarget }) => props.onChange(Number(currentTarget.value))}
      >
        {[...new Set([...hops, props.hops])]
          .sort((a, b) => a - b)
          .map((count) => (
            <option key={count} value={String(count)}>
              {Number.isFinite(count) ? count : "all"}
            </option>
          ))}
      </select>
    </label>
  );
}

function change(part: Partial<Focus>): void {
  const { focus } = view.value;
  if (focus !== null) changeView({ focus: { ...focus, ...part } });
}

function nameOf(key: string | null): string {
  const asset = indexOfKey.value(key);
  return asset === null ? "" : (model.value?.asset(asset).name ?? "");
}
