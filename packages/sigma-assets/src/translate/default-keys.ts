import { AssetKey, cleanName } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import { describeObject } from "../lineage/describe-object.ts";
import {
  assetObjects,
  compareAge,
  nameOf,
  type OrganizationObjects,
  type SigmaAssetObject,
} from "../lineage/organization-objects.ts";

/** Workbooks and datasets come before data models; the order of the listings never matters. */
const rank: Readonly<Record<SigmaAssetObject["type"], number>> = { workbook: 0, dataset: 0, dataModel: 1 };

/** Hexadecimal digits of the id that a suffix starts with; more where that is taken. */
const minSuffixLength = 8;

/**
 * The default key of every object, by its id: one segment, the cleaned name. Of several objects with one name the first
 * by rank, age and id has it; each other one gets the beginning of its id as a suffix.
 */
export function assignDefaultKeys(
  objects: OrganizationObjects,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, AssetKey> {
  const ordered = [...assetObjects(objects)].sort((a, b) => rank[a.type] - rank[b.type] || compareAge(a, b));
  const holders = new Map<string, SigmaAssetObject>();
  for (const object of ordered) {
    const plain = plainKey(object);
    if (!holders.has(plain)) holders.set(plain, object);
  }
  const taken = new Set(holders.keys());
  const keys = new Map([...holders].map(([plain, holder]) => [holder.id, new AssetKey(plain)]));
  for (const object of ordered) {
    if (keys.has(object.id)) continue;
    const key = suffixedKey(object, taken);
    taken.add(key);
    keys.set(object.id, new AssetKey(key));
    const holder = holders.get(plainKey(object));
    if (holder !== undefined && !isSuccession(holder, object))
      diagnostics.push(collision(holder, object, key));
  }
  return keys;
}

/** An empty name has no cleaned form; `_` is what Dagster makes of a name without any usable character. */
function plainKey(object: SigmaAssetObject): string {
  return cleanName(nameOf(object)) || "_";
}

function suffixedKey(object: SigmaAssetObject, taken: ReadonlySet<string>): string {
  const digits = cleanName(object.id.replaceAll("-", ""));
  for (let length = minSuffixLength; length < digits.length; length += 4) {
    const key = `${plainKey(object)}_${digits.slice(0, length)}`;
    if (!taken.has(key)) return key;
  }
  for (let count = 1; ; count++) {
    const key = `${plainKey(object)}_${digits}${count === 1 ? "" : `_${count}`}`;
    if (!taken.has(key)) return key;
  }
}

/** A data model is expected to bear the name of the dataset that became it. */
function isSuccession(holder: SigmaAssetObject, object: SigmaAssetObject): boolean {
  return holder.type === "dataset" && holder.properties.migrationToDataModel?.dataModelId === object.id;
}

function collision(holder: SigmaAssetObject, object: SigmaAssetObject, key: string): Diagnostic {
  const label = (of: SigmaAssetObject): string => {
    const { type, name, url } = describeObject(of);
    return `the ${type} "${name}" in "${of.properties.path ?? ""}"${url === null ? "" : ` (${url})`}`;
  };
  const happened = `The key "${plainKey(object)}" belongs to ${label(holder)}, so ${label(object)} has the key "${key}".`;
  return buildDiagnostic("KEY_COLLISION", describeObject(object), happened);
}
