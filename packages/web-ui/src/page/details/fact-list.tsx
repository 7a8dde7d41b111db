import type { ComponentChildren, VNode } from "preact";

/** Values with their labels, without those that are empty; then further rows. */
export function FactList(props: {
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <dl class="facts">
      {props.rows
        .filter(([, value]) => value !== "")
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      {props.children}
    </dl>
  );
}
