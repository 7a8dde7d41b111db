import type { VNode } from "preact";
import type { PlacedCard } from "../../lineage/lineage.ts";
import { lineageSizes } from "../../lineage/lineage.ts";
import { formatCount } from "../../model/format-count.ts";
import { ChangeSign } from "../pieces/change-sign.tsx";
import { FreshSign } from "../pieces/fresh-sign.tsx";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { ShortenedName } from "../pieces/shortened-name.tsx";
import { marks } from "../state/comparison.ts";
import { freshness } from "../state/dagster-state.ts";
import { model } from "../state/page-data.ts";
import { selectAsset } from "../state/view-state.ts";
import { ColumnRows } from "./column-rows.tsx";
import { centerOn, lineage, openedFolder, pointedCard, way } from "./lineage-state.ts";

export function LineageCardView(props: { readonly index: number; readonly card: PlacedCard }): VNode | null {
  const { index, card } = props;
  const graph = model.value;
  const current = lineage.value;
  if (graph === null || current === null) return null;
  const [asset = 0] = card.assets;
  const isCenter = card.type === "asset" && asset === current.center;
  const known = graph.asset(asset);
  const onWay = way.value;
  const problem = card.type === "asset" ? graph.problemOf(asset) : null;
  const mark = card.type === "asset" ? marks.value?.get(asset) : undefined;
  const staleness = card.type === "asset" ? freshness.value?.stale.get(asset) : undefined;
  const open = (): void => {
    if (card.type === "folder") openedFolder.value = card.id;
    else if (isCenter) selectAsset(known.key);
    else if (card.type === "asset") centerOn(known.key);
  };
  return (
    <li
      class={`lineage-node ${card.type}${isCenter ? " center" : ""}${onWay !== null && !onWay.cards.has(index) ? " off" : ""}`}
      style={{
        left: `${card.x.toFixed(1)}px`,
        top: `${card.y.toFixed(1)}px`,
        width: `${current.cardWidth}px`,
        height: `${card.height.toFixed(1)}px`,
      }}
    >
      <button
        type="button"
        class="lineage-card"
        style={{ height: `${lineageSizes.cardHeight - 2}px` }}
        data-card={card.id}
        aria-current={isCenter ? "true" : undefined}
        aria-expanded={card.type === "folder" ? false : undefined}
        title={card.type === "asset" ? known.path.join("/") : card.place.join(" / ")}
        onClick={open}
        onPointerEnter={({ pointerType }) => {
          if (pointerType !== "touch") pointedCard.value = card.id;
        }}
        onPointerLeave={() => {
          if (pointedCard.value === card.id) pointedCard.value = null;
        }}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(":focus-visible")) pointedCard.value = card.id;
        }}
        onBlur={() => {
          if (pointedCard.value === card.id) pointedCard.value = null;
        }}
      >
        <span class="first-line">
          <KindIcon kind={graph.kindOf(asset)} />
          <span class={`name${known.isArchived && card.type === "asset" ? " archived" : ""}`}>
            <ShortenedName name={card.name} />
          </span>
          {staleness !== undefined && <FreshSign staleness={staleness} />}
          {mark !== undefined && <ChangeSign mark={mark} />}
          {problem !== null && (
            <span class={problem} title={problem === "error" ? "It has an error" : "It has a warning"}>
              {problem === "error" ? "●" : "▲"}
            </span>
          )}
        </span>
        <span class="second-line">
          {card.type === "folder" ? (
            `${formatCount(card.assets.length)} ${graph.kindOf(asset).plural.toLowerCase()} ▾`
          ) : (
            <span class="place">{card.place.join(" / ")}</span>
          )}
        </span>
      </button>
      {card.type === "asset" && known.url !== null && (
        <a
          class="open-link"
          data-not-in-picture
          href={known.url}
          target="_blank"
          rel="noreferrer"
          title={known.urlLabel ?? undefined}
          aria-label={`${known.urlLabel ?? "Open"}: ${card.name}`}
        >
          ↗
        </a>
      )}
      {card.rows.columns.length > 0 && <ColumnRows card={card} />}
      {card.farther > 0 && (
        <span class={`farther ${card.layer < 0 ? "left" : "right"}`}>
          {card.layer < 0 ? `‹ ${formatCount(card.farther)}` : `${formatCount(card.farther)} ›`}
          <span class="unseen"> {card.layer < 0 ? "more upstream" : "more downstream"}</span>
        </span>
      )}
    </li>
  );
}
