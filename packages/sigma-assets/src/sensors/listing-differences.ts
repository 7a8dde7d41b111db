import { createHash } from "node:crypto";
import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { compareText } from "@dagster-sigma/foundation";
import { sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import type { DocumentList, ListedDocument } from "./list-documents.ts";

/** Assets by the id of their document. For an element of a data model, this is the id of the model. */
export function assetsByDocument(assets: Iterable<AssetSpec>): ReadonlyMap<string, AssetSpec> {
  const found = new Map<string, AssetSpec>();
  for (const spec of assets) {
    const object = sigmaObjectOf(spec);
    if (object !== null) found.set(documentId(object.id), spec);
  }
  return found;
}

function documentId(objectId: string): string {
  return objectId.split("/", 1)[0] ?? objectId;
}

/**
 * A hash of the differences between Sigma's listing and assets; null without any. Differences may remain after a refresh:
 * documents that a filter excludes, or properties that a translator replaces. The hash then stays the same until one of
 * these documents changes.
 *
 * @param isDated whether the time of the last change decides if a document is loaded
 */
export function listingDifferences(
  { documents, unknown }: DocumentList,
  assets: ReadonlyMap<string, AssetSpec>,
  { isDated }: { readonly isDated: boolean },
): string | null {
  const listed = new Set(documents.map(({ id }) => id));
  const differences = [
    ...documents.flatMap((document) => {
      const spec = assets.get(document.id);
      if (spec !== undefined && propertiesOf(document, spec) === presented(document, spec)) return [];
      return [spec === undefined ? unloaded(document, isDated) : propertiesOf(document, spec)];
    }),
    ...[...assets.keys()].filter((id) => !listed.has(id) && !unknown.has(id)).map((id) => `${id} gone`),
  ];
  if (differences.length === 0) return null;
  return createHash("sha256").update(differences.sort(compareText).join("\n")).digest("hex").slice(0, 16);
}

/** Properties that decide whether a document is loaded: other changes of an excluded document are no difference. */
function unloaded({ id, name, path, isArchived, updatedAt }: ListedDocument, isDated: boolean): string {
  return JSON.stringify([id, name, path, isArchived, isDated ? updatedAt : ""]);
}

function propertiesOf(
  { id, name, path, isArchived, version, updatedAt }: ListedDocument,
  spec: AssetSpec,
): string {
  const updatedMs = Date.parse(updatedAt);
  const own = isElement(spec) ? null : name;
  const folder = path?.split("/").filter((part) => part !== "") ?? null;
  return JSON.stringify([
    id,
    own,
    folder,
    isArchived,
    version,
    Number.isNaN(updatedMs) ? null : updatedMs / 1_000,
  ]);
}

function presented({ id }: ListedDocument, spec: AssetSpec): string {
  const { name = null, folder = null, isArchived = false, updatedAt = null } = spec.presentation ?? {};
  const version = sigmaObjectOf(spec)?.version ?? null;
  return JSON.stringify([id, isElement(spec) ? null : name, folder, isArchived, version, updatedAt]);
}

/** The name of an element is not that of its document, so the names are not compared. */
function isElement(spec: AssetSpec): boolean {
  return sigmaObjectOf(spec)?.type === "dataModelElement";
}
