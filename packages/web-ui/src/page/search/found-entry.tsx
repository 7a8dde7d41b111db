import type { VNode } from "preact";
import { formatCount } from "../../model/format-count.ts";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { columns, model } from "../state/page-data.ts";
import type { Found } from "./search-index.ts";

/** What was found, with its kind and its place. */
export function FoundEntry({ found }: { readonly found: Found }): VNode | null {
  const graph = model.value;
  if (graph === null) return null;
  if (found.type === "owner")
    return <Entry mark="@" name={found.owner} place={`owner of ${formatCount(found.assets)} assets`} />;
  if (found.type === "folder") {
    const plural = graph.kindOf(found.asset).plural.toLowerCase();
    const within = found.path.slice(0, -1).join(" / ");
    const place = `${formatCount(found.assets)} ${plural}${within === "" ? "" : ` in ${within}`}`;
    return <Entry mark="▸" name={found.path.at(-1) ?? ""} place={place} />;
  }
  const asset = graph.assets[found.asset];
  if (asset === undefined) return null;
  if (found.type === "column")
    return (
      <Entry mark="▪" name={columns.value?.nameOf(found.column) ?? ""} place={`column of ${asset.name}`} />
    );
  if (found.type === "columns") {
    const names = found.columns.map((column) => columns.value?.nameOf(column) ?? "");
    return (
      <Entry
        mark="▪"
        name={names.join(", ")}
        place={`what breaks if these columns of ${asset.name} change`}
      />
    );
  }
  return (
    <>
      <KindIcon kind={graph.kindOf(found.asset)} />
      <span class="name">{asset.name}</span>
      <span class="muted">{[...asset.folder, ...asset.owners.slice(0, 1)].join(" / ")}</span>
    </>
  );
}

function Entry(props: { readonly mark: string; readonly name: string; readonly place: string }): VNode {
  return (
    <>
      <span class="found-mark" aria-hidden="true">
        {props.mark}
      </span>
      <span class="name">{props.name}</span>
      <span class="muted">{props.place}</span>
    </>
  );
}

export function idOfFound(found: Found): string {
  switch (found.type) {
    case "asset":
      return `asset ${found.asset}`;
    case "column":
      return `column ${found.column}`;
    case "columns":
      return `columns ${found.columns.join(" ")}`;
    case "folder":
      return `folder ${found.asset} ${found.path.join("/")}`;
    case "owner":
      return `owner ${found.owner}`;
  }
}
