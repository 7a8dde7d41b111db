import { type Grouping, groupings } from "./grouping.ts";
import { type Lane, type Lens, lanes, lenses, type Part } from "./overview-part.ts";

export const tabs = ["graph", "catalog", "impact", "changes", "health"] as const;
export type Tab = (typeof tabs)[number];

/** The neighborhood of an asset: number of upstream and downstream steps, possibly infinite. */
export interface Focus {
  readonly key: string;
  readonly up: number;
  readonly down: number;
}

/** What the graph view shows at rest: a few boxes for everything, or a card for each asset. */
export const pictures = ["overview", "cards"] as const;

/** Everything that determines the view except for the zoom; all of it is part of the URL. */
export interface ViewState {
  readonly tab: Tab;
  readonly picture: (typeof pictures)[number];
  /** The parts of the overview that are looked at; none for everything. */
  readonly parts: readonly Part[];
  /** What is shown on the boxes of the overview. */
  readonly lens: Lens;
  /** Key of the selected asset. */
  readonly asset: string | null;
  /** Name of the selected column of that asset. */
  readonly column: string | null;
  /** Names of further columns of that asset, for the impact of several. */
  readonly alsoColumns: readonly string[];
  readonly focus: Focus | null;
  /** Number of steps of the lineage of an asset; null for as many as fit. */
  readonly stepsUp: number | null;
  readonly stepsDown: number | null;
  /** Whether the cards of the lineage of an asset list columns. */
  readonly hasColumns: boolean;
  /** Whether only the lineage of the selected column is drawn. */
  readonly isTracing: boolean;
  /** A selection in Dagster's syntax; empty for all assets. */
  readonly selection: string;
  readonly grouping: Grouping;
  /** Which groups are open: all, none, those with the given ids, or chosen by the size of the graph. */
  readonly open: "auto" | "all" | "none" | readonly string[];
  /** Ids of groups that are closed although all others are open. */
  readonly closed: readonly string[];
  /** Words by which the rows of the catalog are filtered. */
  readonly filter: string;
  /** Sort column of the catalog, with a leading minus for descending order; empty for names. */
  readonly sort: string;
  /** Column by which the rows of the catalog and of an impact are grouped; empty for none. */
  readonly rows: string;
  /** The graph of the past with which the present one is compared: its id, or `opened`; null for none. */
  readonly since: string | null;
  /** A second selection, with which the catalog compares the first; empty for none. */
  readonly other: string;
  /** Ids of the columns of the catalog that are hidden. */
  readonly hidden: readonly string[];
  /** Whether only changes are listed that break something. */
  readonly isBreaking: boolean;
  /** Number of days without change after which an asset is stale. */
  readonly staleDays: number;
}

const initial: ViewState = {
  tab: "graph",
  picture: "overview",
  parts: [],
  lens: "problems",
  asset: null,
  column: null,
  alsoColumns: [],
  focus: null,
  stepsUp: null,
  stepsDown: null,
  hasColumns: false,
  isTracing: false,
  selection: "",
  grouping: "folder",
  open: "auto",
  closed: [],
  filter: "",
  sort: "",
  rows: "",
  other: "",
  hidden: [],
  since: null,
  isBreaking: false,
  staleDays: 90,
};

/** Parses a URL's query; missing parts get their defaults. */
export function parseViewState(search: string): ViewState {
  const query = new URLSearchParams(search);
  const one = <Name extends string>(name: string, names: readonly Name[], otherwise: Name): Name =>
    names.find((known) => known === query.get(name)) ?? otherwise;
  const focus = query.get("focus");
  const open = query.getAll("open");
  const single = open.length === 1 ? open[0] : undefined;
  return {
    // Links of earlier versions have the British spelling.
    tab: query.get("view") === "catalogue" ? "catalog" : one("view", tabs, initial.tab),
    picture: one("picture", pictures, initial.picture),
    parts: query.getAll("in").flatMap(parsePart),
    lens: one("lens", lenses, initial.lens),
    asset: query.get("asset"),
    column: query.get("column"),
    alsoColumns: query.getAll("also"),
    focus:
      focus === null
        ? null
        : { key: focus, up: parseHops(query.get("up")), down: parseHops(query.get("down")) },
    stepsUp: parseSteps(query.get("stepsUp")),
    stepsDown: parseSteps(query.get("stepsDown")),
    hasColumns: query.get("columns") === "1",
    isTracing: query.get("trace") === "1",
    selection: query.get("select") ?? "",
    grouping: one("by", groupings, initial.grouping),
    open: single === "all" || single === "none" ? single : open.length === 0 ? "auto" : open,
    closed: query.getAll("closed"),
    filter: query.get("filter") ?? "",
    sort: query.get("sort") ?? "",
    rows: query.get("rows") ?? "",
    other: query.get("compare") ?? "",
    hidden: query.getAll("hide"),
    since: query.get("since"),
    isBreaking: query.get("breaking") === "1",
    staleDays: parseDays(query.get("stale")),
  };
}

/** Formats the query of a view's URL, without defaults. */
export function formatViewState(view: ViewState): string {
  const query = new URLSearchParams();
  if (view.tab !== initial.tab) query.set("view", view.tab);
  if (view.picture !== initial.picture) query.set("picture", view.picture);
  for (const { lane, path } of view.parts)
    query.append("in", [lanes[lane], ...path.map(encodeURIComponent)].join("/"));
  if (view.lens !== initial.lens) query.set("lens", view.lens);
  if (view.asset !== null) query.set("asset", view.asset);
  if (view.column !== null) query.set("column", view.column);
  for (const name of view.alsoColumns) query.append("also", name);
  if (view.focus !== null) {
    query.set("focus", view.focus.key);
    query.set("up", formatHops(view.focus.up));
    query.set("down", formatHops(view.focus.down));
  }
  if (view.stepsUp !== null) query.set("stepsUp", String(view.stepsUp));
  if (view.stepsDown !== null) query.set("stepsDown", String(view.stepsDown));
  if (view.hasColumns) query.set("columns", "1");
  if (view.isTracing) query.set("trace", "1");
  if (view.selection !== "") query.set("select", view.selection);
  if (view.grouping !== initial.grouping) query.set("by", view.grouping);
  if (view.open !== "auto") {
    for (const id of typeof view.open === "string" ? [view.open] : view.open) query.append("open", id);
  }
  for (const id of view.closed) query.append("closed", id);
  if (view.filter !== "") query.set("filter", view.filter);
  if (view.sort !== "") query.set("sort", view.sort);
  if (view.rows !== "") query.set("rows", view.rows);
  if (view.other !== "") query.set("compare", view.other);
  for (const id of view.hidden) query.append("hide", id);
  if (view.since !== null) query.set("since", view.since);
  if (view.isBreaking) query.set("breaking", "1");
  if (view.staleDays !== initial.staleDays) query.set("stale", String(view.staleDays));
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** For example `models/Finance/Deep%20Dives`. Anything else is ignored. */
function parsePart(text: string): readonly Part[] {
  const [name = "", ...path] = text.split("/");
  const lane = (lanes as readonly string[]).indexOf(name);
  if (lane < 0) return [];
  try {
    return [{ lane: lane as Lane, path: path.map(decodeURIComponent) }];
  } catch {
    return [];
  }
}

function parseSteps(text: string | null): number | null {
  return text !== null && /^[1-9]$/.test(text) ? Number(text) : null;
}

function parseDays(text: string | null): number {
  const days = Number(text ?? initial.staleDays);
  return Number.isInteger(days) && days > 0 ? days : initial.staleDays;
}

function parseHops(text: string | null): number {
  const hops = Number(text ?? "1");
  return text === "all" || !Number.isInteger(hops) || hops < 0 ? Number.POSITIVE_INFINITY : hops;
}

function formatHops(hops: number): string {
  return Number.isFinite(hops) ? String(hops) : "all";
}
