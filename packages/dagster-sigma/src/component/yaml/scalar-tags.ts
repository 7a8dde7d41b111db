import type { Tags } from "yaml";

/** Plain scalars that are text for Dagster's loader: `y` and `n`, `08`, and exponents without a point or without a sign. */
const onlyText =
  "[yYnN]|[-+]?0[0-9_]*[89][0-9_]*|[-+]?[0-9_]+[eE][-+]?[0-9]+|[-+]?[0-9_]*\\.[0-9_]*[eE][0-9]+";

/** Changes the tags of YAML 1.1 to those of Dagster's loader (PyYAML 6.0 `SafeLoader`, without timestamps). */
export function scalarTags(tags: Tags): Tags {
  return tags.flatMap((tag): Tags => {
    if (typeof tag === "string" || !("test" in tag) || tag.test === undefined) return [tag];
    if (tag.tag === "tag:yaml.org,2002:timestamp") return [];
    return [{ ...tag, test: new RegExp(`^(?!(?:${onlyText})$)(?:${tag.test.source})`) }];
  });
}
