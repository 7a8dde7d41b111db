/**
 * The text of a new component file.
 *
 * @param options.schema path or address of the schema for editors; null for none
 */
export function componentTemplate({
  type,
  schema,
}: {
  readonly type: string;
  readonly schema: string | null;
}): string {
  return `${schema === null ? "" : `# yaml-language-server: $schema=${schema}\n`}type: ${type}

attributes:
  organization:
    base_url: "{{ env.SIGMA_BASE_URL }}"
    client_id: "{{ env.SIGMA_CLIENT_ID }}"
    client_secret: "{{ env.SIGMA_CLIENT_SECRET }}"
  # sigma_filter:
  #   workbook_folders: [[Finance]]
  #   include_unused_datasets: false
  # translation:
  #   group_name: sigma
  #   for_workbook:
  #     tags: { team: bi }

requirements:
  env: [SIGMA_BASE_URL, SIGMA_CLIENT_ID, SIGMA_CLIENT_SECRET]
`;
}
