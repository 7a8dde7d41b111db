import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { Block } from "../../layout/map-layout.ts";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { Welcome } from "../pieces/welcome.tsx";
import { model } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";
import { revealAsset } from "./graph-actions.ts";
import { picture } from "./picture.ts";
import { moveInTree } from "./tree-keys.ts";

/** Groups of the outline whose assets are listed, by id of the block. */
const listed = signal<ReadonlySet<string>>(new Set());

/** Number of assets of a group that are listed at once. */
const mostListed = 300;

/** The same as the picture, as a tree of text: for screen readers, for keys, and for those who look for a name. */
export function Outline(): VNode {
  const current = picture.value;
  // Its room is kept: the picture would be drawn twice if it came only with it.
  if (current === null) return <nav class="outline" aria-label="Outline of the graph" />;
  const { layout } = current;
  return (
    <nav class="outline" aria-label="Outline of the graph">
      <Welcome />
      <ul role="tree" aria-label="Assets by lane and group" onKeyDown={moveInTree}>
        {layout.lanes.length === 0
          ? current.assets.map((asset, at) => (
              <AssetItem key={asset} asset={asset} level={1} isFirst={at === 0} />
            ))
          : layout.lanes.map((lane, at) => (
              <li
                key={`${lane.title}${at}`}
                role="treeitem"
                aria-expanded={true}
                aria-level={1}
                tabIndex={at === 0 ? 0 : -1}
              >
                <span class="lane">
                  {lane.title} <span class="muted">{lane.count}</span>
                </span>
                <ul role="group">
                  {layout.blocks
                    .filter((block) => block.lane === at)
                    .map((block) => (
                      <GroupItem key={block.id} block={block} />
                    ))}
                </ul>
              </li>
            ))}
      </ul>
    </nav>
  );
}

function GroupItem({ block }: { readonly block: Block }): VNode {
  const isListed = listed.value.has(block.id);
  const toggle = (): void => {
    const next = new Set(listed.value);
    if (!next.delete(block.id)) next.add(block.id);
    listed.value = next;
  };
  return (
    <li role="treeitem" aria-expanded={isListed} aria-level={2} tabIndex={-1}>
      <button type="button" class="group" tabIndex={-1} onClick={toggle}>
        <span class="caret">{isListed ? "▾" : "▸"}</span>
        <span class="name">{block.group}</span>
        <span class="muted">{block.assets.length}</span>
      </button>
      {isListed && (
        <ul role="group">
          {block.assets.slice(0, mostListed).map((asset) => (
            <AssetItem key={asset} asset={asset} level={3} isFirst={false} />
          ))}
          {block.assets.length > mostListed && (
            <li role="none" class="muted">
              and {block.assets.length - mostListed} more: find them with Ctrl-K
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function AssetItem(props: {
  readonly asset: number;
  readonly level: number;
  readonly isFirst: boolean;
}): VNode | null {
  const graph = model.value;
  const asset = graph?.assets[props.asset];
  if (graph === null || asset === undefined) return null;
  const isSelected = view.value.asset === asset.key;
  return (
    <li role="treeitem" aria-selected={isSelected} aria-level={props.level} tabIndex={props.isFirst ? 0 : -1}>
      <button type="button" class="asset-link" tabIndex={-1} onClick={() => revealAsset(asset.key)}>
        <KindIcon kind={graph.kindOf(props.asset)} />
        <span class="name">{asset.name}</span>
      </button>
    </li>
  );
}
