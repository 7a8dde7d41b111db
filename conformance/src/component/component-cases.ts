/** A component file that both sides load. */
export interface ComponentCase {
  /** Test of the reference and its case; null for a case of our own. */
  readonly test: string | null;
  readonly name: string;
  /** `attributes` after the organization, as YAML with two spaces of indentation. */
  readonly attributes: string;
  /** What stands before and after the attributes (default: the type of the reference). */
  readonly type?: string;
  readonly after?: string;
  /** Source of a Python module `custom_components`; ours has the same class in TypeScript. */
  readonly module?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether the first load fetches the state, as in `dagster dev` (default: true). */
  readonly isDev?: boolean;
}

const translation = (name: string, attributes: string): ComponentCase => ({
  test: "test_translation",
  name,
  attributes: `  translation: ${attributes}\n`,
});

/** Each case of the component tests of dagster-sigma 0.29.27. */
export const referenceCases: readonly ComponentCase[] = [
  { test: "test_basic_component_load", name: "load", attributes: "" },
  translation("group_name", "{group_name: group}"),
  translation("owners", '{owners: ["team:analytics"]}'),
  translation("tags", "{tags: {foo: bar}}"),
  translation("kinds", "{kinds: [snowflake, dbt]}"),
  translation("tags-and-kinds", "{tags: {foo: bar}, kinds: [snowflake, dbt]}"),
  translation("code-version", '{code_version: "1"}'),
  translation("description", "{description: some description}"),
  translation("metadata", "{metadata: {foo: bar}}"),
  translation("deps", "{deps: [customers]}"),
  translation("automation_condition", '{automation_condition: "{{ automation_condition.eager() }}"}'),
  translation("key_prefix", "{key_prefix: cool_prefix}"),
  {
    test: "test_per_content_type_translation",
    name: "for_workbook and for_dataset",
    attributes: `  translation:
    tags: {custom_tag: custom_value}
    for_workbook: {tags: {is_workbook: "true"}}
    for_dataset: {tags: {is_dataset: "true"}}
`,
  },
  {
    test: "test_subclass_override_get_asset_spec",
    name: "subclass",
    type: "custom_components.CustomSigmaComponent",
    attributes: "",
    module: `from dagster_sigma import SigmaComponent

class CustomSigmaComponent(SigmaComponent):
    def get_asset_spec(self, data):
        base = super().get_asset_spec(data)
        return base.replace_attributes(
            metadata={**base.metadata, "custom_override": "test_value"},
            tags={**base.tags, "custom_tag": "override_test"},
        )
`,
  },
  {
    test: "test_component_load_with_defs_state",
    name: "LOCAL_FILESYSTEM",
    isDev: false,
    attributes: "  defs_state: {management_type: LOCAL_FILESYSTEM}\n",
  },
  {
    test: "test_component_load_with_defs_state",
    name: "VERSIONED_STATE_STORAGE",
    isDev: false,
    attributes: "  defs_state: {management_type: VERSIONED_STATE_STORAGE}\n",
  },
];

const own = (name: string, attributes: string, more: Partial<ComponentCase> = {}): ComponentCase => ({
  test: null,
  name,
  attributes,
  ...more,
});

const translated = (name: string, attributes: string): ComponentCase =>
  own(name, `  translation: ${attributes}\n`);

/** What real projects write beyond that. */
export const ownCases: readonly ComponentCase[] = [
  translated("key from the row", '{key: "sigma/{{ data.properties.name }}"}'),
  translated("key of the spec", '{key: "bi/{{ spec.key.to_user_string() }}"}'),
  translated("last segment", '{key: "{{ spec.key.path[-1] }}"}'),
  translated("key and prefix", "{key: \"{{ data.properties['name'] }}\", key_prefix: [a, b]}"),
  translated("prefix with a slash", "{key_prefix: a/b}"),
  translated("methods of text", "{group_name: \"{{ data.properties.name.lower().replace(' ', '_') }}\"}"),
  translated(
    "filters",
    "{group_name: \"{{ data.properties.name | lower | replace(' ', '-') | replace('-', '_') }}\"}",
  ),
  translated(
    "default of a missing field",
    "{description: \"{{ data.properties.nothing | default('none') }}\"}",
  ),
  translated(
    "condition",
    "{description: \"{{ 'good' if data.properties.name == 'Sample Workbook' else 'other' }}\"}",
  ),
  translated("text of none", '{description: "By {{ data.properties.nobody | default(None) }}"}'),
  translated("text of a list", '{description: "{{ spec.key.path }} and {{ [1, true, none] }}"}'),
  translated("variable", '{group_name: "{{ env.TEAM }}"}'),
  translated("variable with a default", "{group_name: \"{{ env('NOT_SET_AT_ALL', 'analytics') }}\"}"),
  translated("list from an expression", "{owners: \"{{ ['team:a', 'team:' ~ 'b'] }}\"}"),
  translated(
    "numbers and booleans",
    "{metadata: {rows: 5, share: 0.5, active: true, nested: {a: [1, null]}}}",
  ),
  translated("tags of other types", "{tags: {year: 2026, active: true, share: 1.5}}"),
  translated(
    "scalars of YAML 1.1",
    "{metadata: {a: yes, b: y, c: 1:30, e: 010, g: 08, h: 2024-01-01, i: ~, j: 1_000}}",
  ),
  translated(
    "cron",
    "{automation_condition: \"{{ dg.AutomationCondition.on_cron('@daily', 'Europe/Berlin') }}\"}",
  ),
  translated(
    "nested condition",
    "{automation_condition: \"{{ dg.AutomationCondition.any_deps_match(dg.AutomationCondition.newly_updated()).since(dg.AutomationCondition.newly_requested()).with_label('x') }}\"}",
  ),
  translated(
    "replaced part",
    "{automation_condition: \"{{ dg.AutomationCondition.eager().replace('handled', dg.AutomationCondition.newly_updated()) }}\"}",
  ),
  translated(
    "freshness",
    '{freshness_policy: "{{ dg.FreshnessPolicy.time_window(fail_window=datetime.timedelta(days=1), warn_window=datetime.timedelta(hours=12)) }}"}',
  ),
  translated("cleared", "{description: null, deps: []}"),
  translated("lines", '{description: "one\\ntwo\\n"}'),
  translated("comment", '{description: "a{# not shown #}b"}'),
  translated("anchors", "{tags: &t {a: b}, for_workbook: {tags: {<<: *t, c: d}}}"),
  own(
    "the spec that for_workbook sees",
    `  translation:
    group_name: bi
    for_workbook: {description: "{{ spec.group_name }} of {{ spec.key.path[0] }}", kinds: ["{{ spec.kinds | sort | first }}"]}
`,
  ),
  own(
    "filter of folders",
    '  sigma_filter: {workbook_folders: [["My Documents", "My Subfolder"]], include_unused_datasets: false}\n',
  ),
  own(
    "filter of a workbook",
    '  sigma_filter: {workbooks: [["My Documents", "My Subfolder", "Sample Workbook"]]}\n',
  ),
  own(
    "filter that matches nothing",
    '  sigma_filter: {workbook_folders: [["Other"]], include_unused_datasets: false}\n',
  ),
  own("without lineage", "  fetch_lineage_data: false\n"),
  own("without columns", "  fetch_column_data: false\n"),
  own("post processing", "", {
    after: `post_processing:
  assets:
    - attributes: {tags: {all: "yes"}}
    - target: "key:Sample_Workbook"
      operation: replace
      attributes: {tags: {only: this}, group_name: late, metadata: {n: 1}}
    - target: "kind:dataset"
      attributes: {description: "{{ asset.key.path[0] }}", deps: [other/thing]}
`,
  }),
  own("required variables", "", { after: "requirements:\n  env: [TEAM]\n" }),
];
