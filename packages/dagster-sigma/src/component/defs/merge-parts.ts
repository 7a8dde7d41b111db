import { Definitions } from "@dagster-sigma/asset-graph";

/** Merges definitions. Resources of one name get numbers, because every component calls its organization `sigma`. */
export function mergeParts(parts: readonly Definitions[]): Definitions {
  const taken = new Map<string, unknown>();
  const renamed = parts.map((part) => {
    const resources = Object.entries(part.resources).map(([name, resource]) => {
      let unique = name;
      for (let number = 2; taken.has(unique) && taken.get(unique) !== resource; number++)
        unique = `${name}_${number}`;
      taken.set(unique, resource);
      return [unique, resource] as const;
    });
    return new Definitions({ ...part, resources: Object.fromEntries(resources) });
  });
  const [first] = renamed;
  return renamed.length === 1 && first !== undefined ? first : Definitions.merge(...renamed);
}
