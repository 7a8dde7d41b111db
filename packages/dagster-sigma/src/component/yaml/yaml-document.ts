import { isAlias, isMap, isPair, isScalar, isSeq, type ParsedNode } from "yaml";
import type { ComponentError } from "../component-error.ts";
import type { YamlPlace, YamlProblem, YamlSource } from "./yaml-source.ts";

/** Names of fields and numbers of items, from the document to a value. */
export type YamlPath = readonly (string | number)[];

/** A document of a component file. */
export class YamlDocument {
  readonly source: YamlSource;
  /** The document as plain values. */
  readonly value: unknown;
  readonly #contents: ParsedNode | null;

  constructor(source: YamlSource, contents: ParsedNode | null, value: unknown) {
    this.source = source;
    this.#contents = contents;
    this.value = value;
  }

  /** The place of a value, or of the nearest value around it. */
  placeOf(path: YamlPath): YamlPlace {
    let offset = this.#contents?.range[0] ?? 0;
    let node: unknown = this.#contents;
    for (const step of path) {
      const next = childOf(node, step);
      if (next === null) break;
      offset = next.valueOffset ?? next.keyOffset ?? offset;
      node = next.node;
    }
    return this.source.placeAt(offset);
  }

  /** The place of the name of a field, instead of that of its value. */
  placeOfName(path: YamlPath, name: string): YamlPlace {
    let node: unknown = this.#contents;
    for (const step of path) node = childOf(node, step)?.node;
    const offset = childOf(node, name)?.keyOffset;
    return offset === undefined ? this.placeOf(path) : this.source.placeAt(offset);
  }

  /** An error at a value. */
  error(path: YamlPath, problem: YamlProblem): ComponentError {
    return this.source.errorAt(this.placeOf(path), problem);
  }
}

interface Child {
  readonly node: unknown;
  readonly keyOffset?: number | undefined;
  readonly valueOffset?: number | undefined;
}

function childOf(node: unknown, step: string | number): Child | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? null : { node: item, valueOffset: startOf(item) };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : null) === String(step));
  if (pair === undefined || !isPair(pair)) return null;
  return { node: pair.value, keyOffset: startOf(pair.key), valueOffset: startOf(pair.value) };
}

/** The place of an alias is that of the alias, not that of its anchor. A field without a value has none. */
function startOf(node: unknown): number | undefined {
  if (isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)) {
    const [start, end] = node.range ?? [];
    return start !== undefined && end !== undefined && end > start ? start : undefined;
  }
  return undefined;
}
