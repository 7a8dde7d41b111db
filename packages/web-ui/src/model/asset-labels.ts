import type { AssetSpec, Metadata, MetadataValue } from "@dagster-sigma/asset-graph";

/**
 * Metadata that integrations give under labels of their own (`dagster_sigma/web_url`): what stands behind the slash says
 * what it is. Null when there is none of the type that is asked for.
 */
export function labelledText(metadata: Metadata, label: string): string | null {
  const value = labelled(metadata, label);
  return value !== null && (value.type === "text" || value.type === "url") ? value.value : null;
}

export function labelledTimestamp(metadata: Metadata, label: string): number | null {
  const value = labelled(metadata, label);
  return value?.type === "timestamp" ? value.value : null;
}

export function labelledFlag(metadata: Metadata, label: string): boolean {
  const value = labelled(metadata, label);
  return value?.type === "bool" && value.value;
}

function labelled(metadata: Metadata, label: string): MetadataValue | null {
  const ending = `/${label}`;
  for (const [name, value] of Object.entries(metadata)) {
    if (name.endsWith(ending) && !name.startsWith("dagster/")) return value;
  }
  return null;
}

/** Only what a browser may open: a name of a scheme such as `javascript:` is no address. */
export function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\//i.test(text) ? text : null;
}

/** The text of metadata with exactly this label. */
export function textOf(spec: AssetSpec, label: string): string | null {
  const value = spec.metadata[label];
  return value?.type === "text" ? value.value : null;
}
