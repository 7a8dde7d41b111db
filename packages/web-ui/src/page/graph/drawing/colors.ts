import type { AssetIcon, AssetKind } from "@dagster-sigma/asset-graph/presentation";
import { colorNameOf } from "../../pictures/kind-look.ts";

/** The colors of the picture, from the style sheet. */
export interface Colors {
  readonly background: string;
  readonly surface: string;
  readonly frame: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly edge: string;
  readonly upstream: string;
  readonly downstream: string;
  readonly selected: string;
  readonly error: string;
  readonly warning: string;
  readonly good: string;
  /** By the icon of a kind. */
  readonly kinds: Readonly<Record<AssetIcon, string>>;
}

/** Read again when the theme changes. */
export function readColors(): Colors {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    background: color("canvas"),
    surface: color("surface"),
    frame: color("frame"),
    border: color("border"),
    text: color("text"),
    muted: color("muted"),
    edge: color("edge"),
    upstream: color("upstream"),
    downstream: color("downstream"),
    selected: color("accent"),
    error: color("error"),
    warning: color("warning"),
    good: color("good"),
    kinds: {
      table: color("kind-table"),
      dataset: color("kind-dataset"),
      model: color("kind-model"),
      dashboard: color("kind-dashboard"),
      other: color("kind-other"),
    },
  };
}

export function colorOf({ kinds }: Colors, kind: AssetKind): string {
  return kinds[colorNameOf(kind)];
}
