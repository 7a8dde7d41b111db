import type { OrganizationObjects } from "../derive/objects/organization-objects.ts";

/** The name of an organization in the URLs of its documents, otherwise its id; null if both are unknown. */
export function organizationName(
  { workbooks, dataModels, datasets }: Pick<OrganizationObjects, "workbooks" | "dataModels" | "datasets">,
  organizationId: string | null,
): string | null {
  for (const { properties } of [...workbooks, ...dataModels, ...datasets]) {
    const [, name] = /^https?:\/\/[^/]+\/([^/?#]+)\/[^/]/.exec(properties.url ?? "") ?? [];
    if (name !== undefined) return name;
  }
  return organizationId;
}
