import { type ChangeMark, markSigns, markWords } from "../model/change-marks.ts";
import { counted, formatCount } from "../model/format-count.ts";
import { type Freshness, staleWords } from "../model/freshness.ts";
import type { GraphModel } from "../model/graph-model.ts";
import type { Lens } from "../model/overview-part.ts";
import type { PlacedBox } from "./overview.ts";

/** The second line of a box, and its short form for boxes of one line. Both are empty if there is nothing to say. */
export interface BoxNote {
  readonly text: string;
  readonly short: string;
  /** Severity of what it says. */
  readonly tone: "error" | "warning" | "plain";
}

const nothing: BoxNote = { text: "", short: "", tone: "plain" };
const yearSeconds = 365 * 86_400;

/** What notes depend on besides the graph. */
export interface NoteContext {
  /** Seconds since the epoch. */
  readonly now: number;
  /** How assets differ from a graph of the past; null if none is compared. */
  readonly marks: ReadonlyMap<number, ChangeMark> | null;
  /** What a running Dagster knows; null without one. */
  readonly freshness: Freshness | null;
}

export function boxNote(model: GraphModel, box: PlacedBox, lens: Lens, context: NoteContext): BoxNote {
  const { now, marks, freshness } = context;
  if (lens === "fresh") return freshNote(box, freshness);
  if (lens === "changes") return changesNote(box, marks);
  if (box.lane === 0) return sourceNote(model, box);
  if (lens === "problems") return problemNote(model, box);
  if (lens === "changed") return changedNote(model, box, now);
  return ownerNote(model, box);
}

function sourceNote(model: GraphModel, { assets, type, path }: PlacedBox): BoxNote {
  let products = 0;
  const { readByPeople } = model;
  const reached = model.index.reachDown(assets);
  for (let asset = 0; asset < reached.length; asset++)
    products += (reached[asset] as number) & (readByPeople[asset] as number);
  const schemas = new Set(assets.map((asset) => model.asset(asset).folder.join("\n"))).size;
  const feeds = products === 0 ? "feeds no workbook" : `feeds ${counted(products, "workbook")}`;
  const hasSchemas = type === "group" && schemas > 1 && path.length > 0;
  return { text: hasSchemas ? `${feeds} · ${schemas} schemas` : feeds, short: "", tone: "plain" };
}

function problemNote(model: GraphModel, { assets, lane, type }: PlacedBox): BoxNote {
  const withProblem = (severity: "error" | "warning"): number =>
    assets.filter((asset) => model.problemOf(asset) === severity).length;
  const errors = withProblem("error");
  const warnings = withProblem("warning");
  const archived = assets.filter((asset) => model.asset(asset).isArchived).length;
  const marks = [
    // Boxes of the middle lane also say what is in them.
    ...(errors > 0 ? [`● ${lane === 1 && type !== "asset" ? errors : counted(errors, "error")}`] : []),
    ...(warnings > 0
      ? [`▲ ${lane === 1 && type !== "asset" ? warnings : counted(warnings, "warning")}`]
      : []),
  ];
  const tone = errors > 0 ? "error" : warnings > 0 ? "warning" : "plain";
  const more = [
    ...(archived > 0 && (type === "asset" || lane !== 1)
      ? [type === "asset" ? "archived" : `${archived} archived`]
      : []),
    ...(lane === 1 && type !== "asset" ? [kindCounts(model, assets)] : []),
  ];
  return {
    text: [...marks, ...more].join(" · "),
    short: [...(errors > 0 ? [`●${errors}`] : []), ...(warnings > 0 ? [`▲${warnings}`] : [])].join(" "),
    tone,
  };
}

function changedNote(model: GraphModel, { assets, type }: PlacedBox, now: number): BoxNote {
  const old = assets.filter((asset) => {
    const { updatedAt } = model.asset(asset);
    return updatedAt !== null && now - updatedAt > yearSeconds;
  }).length;
  if (old === 0) return nothing;
  return type === "asset"
    ? { text: "not changed for a year", short: "old", tone: "plain" }
    : { text: `${formatCount(old)} not changed for a year`, short: `${old} old`, tone: "plain" };
}

function changesNote({ assets, type }: PlacedBox, marks: ReadonlyMap<number, ChangeMark> | null): BoxNote {
  const counts: Record<ChangeMark, number> = { broken: 0, added: 0, changed: 0 };
  for (const asset of assets) {
    const mark = marks?.get(asset);
    if (mark !== undefined) counts[mark]++;
  }
  const found = (["broken", "added", "changed"] as const).filter((mark) => counts[mark] > 0);
  if (found.length === 0) return nothing;
  const text = found.map((mark) =>
    type === "asset"
      ? `${markSigns[mark]} ${markWords[mark]}`
      : `${markSigns[mark]} ${formatCount(counts[mark])} ${mark}`,
  );
  return {
    text: text.join(" · "),
    short: found.map((mark) => `${markSigns[mark]}${counts[mark]}`).join(" "),
    tone: counts.broken > 0 ? "error" : "plain",
  };
}

function freshNote({ assets, type }: PlacedBox, freshness: Freshness | null): BoxNote {
  if (freshness === null) return nothing;
  const causes = assets.filter((asset) => freshness.stale.get(asset)?.through === null);
  const stale = assets.filter((asset) => (freshness.stale.get(asset)?.through ?? null) !== null);
  if (type === "asset") {
    const found = freshness.stale.get(assets[0] ?? -1);
    if (found === undefined) return nothing;
    return found.through === null
      ? { text: `● ${staleWords[found.reason]}`, short: "●", tone: "error" }
      : { text: `▲ stale: something upstream ${staleWords[found.reason]}`, short: "▲", tone: "warning" };
  }
  const parts = [
    ...(causes.length > 0 ? [`● ${formatCount(causes.length)} failed or late`] : []),
    ...(stale.length > 0 ? [`▲ ${formatCount(stale.length)} stale`] : []),
  ];
  const short = [
    ...(causes.length > 0 ? [`●${causes.length}`] : []),
    ...(stale.length > 0 ? [`▲${stale.length}`] : []),
  ];
  const tone = causes.length > 0 ? "error" : stale.length > 0 ? "warning" : "plain";
  return { text: parts.join(" · "), short: short.join(" "), tone };
}

function ownerNote(model: GraphModel, { assets, type }: PlacedBox): BoxNote {
  const owners = new Set(assets.flatMap((asset) => model.asset(asset).owners));
  const unowned = assets.filter((asset) => model.asset(asset).owners.length === 0).length;
  if (type === "asset") {
    const text = [...owners].join(", ") || "no owner";
    return { text, short: owners.size === 0 ? "no owner" : "", tone: "plain" };
  }
  const of = owners.size === 1 ? ([...owners][0] ?? "") : counted(owners.size, "owner");
  const parts = [
    ...(unowned > 0 ? [`${formatCount(unowned)} unowned`] : []),
    ...(owners.size > 0 ? [of] : []),
  ];
  return { text: parts.join(" · "), short: unowned > 0 ? `${unowned} unowned` : "", tone: "plain" };
}

/** For example `11 models, 3 datasets`: the last word of the name of a kind is enough here. */
function kindCounts(model: GraphModel, assets: readonly number[]): string {
  const counts = new Map<string, { readonly name: string; readonly plural: string; count: number }>();
  for (const asset of assets) {
    const { id, name, plural: many } = model.kindOf(asset);
    const known = counts.get(id);
    if (known === undefined) counts.set(id, { name, plural: many, count: 1 });
    else known.count++;
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ name, plural: many, count }) => `${formatCount(count)} ${lastWord(count === 1 ? name : many)}`)
    .join(", ");
}

function lastWord(name: string): string {
  return name.toLowerCase().split(" ").at(-1) ?? "";
}
