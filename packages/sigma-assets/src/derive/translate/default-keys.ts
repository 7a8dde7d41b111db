import { AssetKey, type CoercibleToAssetKey, cleanName } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import { describeObject } from "../objects/describe-object.ts";
import {
  assetObjects,
  compareAge,
  nameOf,
  type OrganizationObjects,
  type SigmaAssetObject,
} from "../objects/organization-objects.ts";
import { derivedKindOf } from "./derived-kind-of.ts";

/**
 * How default keys are built.
 *
 * - `name`: one segment, the cleaned name, as in dagster-sigma for Python
 * - `path`: one segment per folder, and the name; names must be unique only within their folder
 * - `id`: one segment with type and id, which renames and moves do not change
 */
export type KeyStrategy = "name" | "path" | "id";

/** Options of default keys. */
export interface KeyOptions {
  /** How default keys are built. */
  readonly strategy: KeyStrategy;
  /** Keys of single objects, by the object's id or default key (`a/b`). */
  readonly renames: Readonly<Record<string, CoercibleToAssetKey>>;
}

/** Minimum length of a suffix, in hexadecimal digits of the id; longer if the key is taken. */
const minSuffixLength = 8;

/**
 * The default key of every object, by id. If several objects have the same key, the first one by rank, age and id gets
 * it; the others get the beginning of their id as a suffix. Keys from `renames` take precedence.
 */
export function assignDefaultKeys(
  objects: OrganizationObjects,
  options: KeyOptions,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, AssetKey> {
  const wanted = new Map(assetObjects(objects).map((object) => [object, wantedKey(object, options)]));
  const ordered = [...wanted.keys()].sort(
    (a, b) =>
      Number(isRenamed(b, wanted)) - Number(isRenamed(a, wanted)) ||
      derivedKindOf(a).keyRank - derivedKindOf(b).keyRank ||
      compareAge(a, b),
  );
  const holders = new Map<string, SigmaAssetObject>();
  for (const object of ordered) {
    const plain = keyOf(object, wanted).toString();
    if (!holders.has(plain)) holders.set(plain, object);
  }
  const taken = new Set(holders.keys());
  const keys = new Map([...holders.values()].map((holder) => [holder.id, keyOf(holder, wanted)]));
  for (const object of ordered) {
    if (keys.has(object.id)) continue;
    const plain = keyOf(object, wanted);
    const key = suffixedKey(object, plain, taken);
    taken.add(key.toString());
    keys.set(object.id, key);
    const holder = holders.get(plain.toString());
    if (holder !== undefined && !isSuccession(holder, object))
      diagnostics.push(collision(holder, object, plain, key));
  }
  return keys;
}

interface WantedKey {
  readonly key: AssetKey;
  readonly isRenamed: boolean;
}

function wantedKey(object: SigmaAssetObject, { strategy, renames }: KeyOptions): WantedKey {
  const plain = plainKey(object, strategy);
  // An object may be named `constructor`, a property of every object literal.
  const name = [object.id, plain.toUserString()].find((text) => Object.hasOwn(renames, text));
  const renamed = name === undefined ? undefined : renames[name];
  return renamed === undefined
    ? { key: plain, isRenamed: false }
    : { key: AssetKey.from(renamed), isRenamed: true };
}

function keyOf(object: SigmaAssetObject, wanted: ReadonlyMap<SigmaAssetObject, WantedKey>): AssetKey {
  return wanted.get(object)?.key ?? plainKey(object, "name");
}

function isRenamed(object: SigmaAssetObject, wanted: ReadonlyMap<SigmaAssetObject, WantedKey>): boolean {
  return wanted.get(object)?.isRenamed === true;
}

function idPrefixOf(object: SigmaAssetObject): string {
  const { dagsterKind } = derivedKindOf(object);
  return object.type === "dataModelElement" ? `${dagsterKind}_element` : dagsterKind;
}

/** An empty name has no cleaned form; `_` is Dagster's cleaned form of a name without valid characters. */
function plainKey(object: SigmaAssetObject, strategy: KeyStrategy): AssetKey {
  const own = cleanName(nameOf(object)) || "_";
  const name = object.type === "dataModelElement" ? [cleanName(object.modelName) || "_", own] : [own];
  switch (strategy) {
    case "name":
      return new AssetKey(name);
    case "path": {
      const folders = (object.properties.path ?? "").split("/").filter((folder) => folder !== "");
      return new AssetKey([...folders.map((folder) => cleanName(folder) || "_"), ...name]);
    }
    case "id":
      return new AssetKey(`${idPrefixOf(object)}_${cleanName(object.id.replaceAll("-", ""))}`);
  }
}

function suffixedKey(object: SigmaAssetObject, plain: AssetKey, taken: ReadonlySet<string>): AssetKey {
  const digits = cleanName(object.id.replaceAll("-", ""));
  const withSuffix = (suffix: string): AssetKey =>
    new AssetKey([...plain.path.slice(0, -1), `${plain.path.at(-1)}_${suffix}`]);
  for (let length = minSuffixLength; length < digits.length; length += 4) {
    const key = withSuffix(digits.slice(0, length));
    if (!taken.has(key.toString())) return key;
  }
  for (let count = 1; ; count++) {
    const key = withSuffix(`${digits}${count === 1 ? "" : `_${count}`}`);
    if (!taken.has(key.toString())) return key;
  }
}

/** A data model is expected to have the name of the dataset that was migrated to it. */
function isSuccession(holder: SigmaAssetObject, object: SigmaAssetObject): boolean {
  return holder.type === "dataset" && holder.properties.migrationToDataModel?.dataModelId === object.id;
}

function collision(
  holder: SigmaAssetObject,
  object: SigmaAssetObject,
  plain: AssetKey,
  key: AssetKey,
): Diagnostic {
  const label = (of: SigmaAssetObject): string => {
    const { type, name, url } = describeObject(of);
    return `the ${type} "${name}" in "${of.properties.path ?? ""}"${url === null ? "" : ` (${url})`}`;
  };
  const happened = `The key "${plain.toUserString()}" belongs to ${label(holder)}, so ${label(object)} has the key "${key.toUserString()}".`;
  return buildDiagnostic("KEY_COLLISION", describeObject(object), happened);
}
