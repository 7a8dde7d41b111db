import { z } from "zod";

/** Types of components in a file that this library loads. The second one is that of the Python package of this project. */
export const componentTypes = ["dagster_sigma.SigmaComponent", "dagster_typescript.SigmaComponent"] as const;

type Attributes = Readonly<Record<string, unknown>>;

/** A document of a component file, before its templates are evaluated. */
export interface ComponentModel {
  readonly type: string;
  readonly attributes: {
    readonly organization: Attributes;
    readonly sigma_filter?: Attributes | null | undefined;
    readonly fetch_column_data?: unknown;
    readonly fetch_lineage_data?: unknown;
    readonly translation?: TranslationModel | string | null | undefined;
    readonly defs_state?: Attributes | undefined;
  };
  readonly requirements?: { readonly env?: readonly string[] | null | undefined } | null | undefined;
  readonly post_processing?:
    | { readonly assets?: readonly PostProcessorModel[] | null | undefined }
    | null
    | undefined;
  readonly template_vars_module?: unknown;
}

/** Attributes of all assets, and of those of a kind. */
export type TranslationModel = Attributes & {
  readonly for_workbook?: Attributes | undefined;
  readonly for_dataset?: Attributes | undefined;
  readonly for_data_model?: Attributes | undefined;
};

/** Changes assets after they are loaded. */
export interface PostProcessorModel {
  readonly target?: unknown;
  readonly operation?: "merge" | "replace" | undefined;
  readonly attributes: Attributes;
}

/** A text with a template, which may stand for a value of any type. */
const template = z.string().regex(/\{\{/).meta({ description: "A template: {{ … }}" });

/** A value or a template for it. The message says what is expected. */
function or<Schema extends z.ZodType>(schema: Schema, expected: string): z.ZodType {
  return z.union([schema, template], { error: () => `must be ${expected}` });
}

const text = (): z.ZodType => z.string({ error: () => "must be text" });
const flag = (): z.ZodType => or(z.boolean(), "true or false");
const texts = (what = "a list of text"): z.ZodType =>
  or(z.array(z.string({ error: () => "must be text" })), what);
const paths = (): z.ZodType =>
  or(z.array(texts("a list of names, such as [Finance, Reports]")), "a list of paths");
const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: () => "must be text, a number, true or false",
});
const record = (value: z.ZodType, what: string): z.ZodType => or(z.record(z.string(), value), what);

/** Attributes that a translation and a post-processor have in common. */
const sharedAttributes = {
  deps: texts("a list of asset keys")
    .nullable()
    .describe("Keys of the assets that the asset depends on, instead of those that Sigma reports."),
  description: text().nullable().describe("Description of the asset; may be Markdown."),
  metadata: record(z.any(), "a mapping").describe("More metadata of the asset."),
  group_name: text().nullable().describe("Group of the asset."),
  skippable: flag().nullable().describe("Whether a run may end without materializing the asset."),
  code_version: or(z.union([z.string(), z.number()]), "text")
    .nullable()
    .describe("Version of the code that computes the asset."),
  owners: texts("a list of owners").nullable().describe("Email addresses, or team: and a name."),
  tags: record(scalar, "a mapping of text").describe("Labels for filtering, in addition to the asset's own."),
  kinds: texts("a list of kinds").describe("Technologies or forms of the asset, instead of its own."),
  automation_condition: template
    .or(z.null())
    .describe("When Dagster materializes the asset: {{ dg.AutomationCondition.eager() }}."),
  partitions_def: z.any().describe("Not supported: assets of Sigma have no partitions."),
  freshness_policy: template
    .or(z.null())
    .describe("{{ dg.FreshnessPolicy.time_window(fail_window=datetime.timedelta(hours=24)) }}"),
};

const keyAttributes = {
  key: text().nullable().describe("Key of the asset, with a slash between its segments."),
  key_prefix: z
    .union([z.string(), z.array(text())], { error: () => "must be text or a list of text" })
    .nullable()
    .describe("Segments before the key: text is one segment."),
};

const attributes = z
  .strictObject({ ...keyAttributes, ...sharedAttributes }, { error: () => "must be a mapping of attributes" })
  .partial();

const translation = attributes
  .extend({
    for_workbook: attributes.describe("Attributes of workbooks."),
    for_dataset: attributes.describe("Attributes of datasets."),
    for_data_model: attributes.describe("Attributes of data models. Not in dagster-sigma for Python."),
  })
  .partial();

const organization = z.strictObject(
  {
    base_url: text().describe("Base URL of the API, for example https://aws-api.sigmacomputing.com."),
    client_id: text().describe("Client id of the API credentials: {{ env.SIGMA_CLIENT_ID }}."),
    client_secret: text().describe("Client secret of the API credentials: {{ env.SIGMA_CLIENT_SECRET }}."),
    warn_on_lineage_fetch_error: flag()
      .optional()
      .describe(
        "Report lineage that cannot be fetched (true, the default), or fail the load (false, the default of Python).",
      ),
  },
  { error: () => "must be a mapping with base_url, client_id and client_secret" },
);

const sigmaFilter = z
  .strictObject(
    {
      workbook_folders: paths()
        .nullable()
        .describe("Folders whose workbooks are loaded, each as a list of names."),
      workbooks: paths().nullable().describe("Workbooks to load, each as a list of folders and the name."),
      include_unused_datasets: flag().describe(
        "Whether to load datasets that no workbook reads (default: true).",
      ),
    },
    { error: () => "must be a mapping" },
  )
  .partial();

const defsState = z.strictObject(
  {
    key: text().nullable().optional().describe("Key of the state, unique per deployment."),
    management_type: z
      .enum(["LOCAL_FILESYSTEM", "VERSIONED_STATE_STORAGE", "LEGACY_CODE_SERVER_SNAPSHOTS"], {
        error: () => "must be LOCAL_FILESYSTEM, VERSIONED_STATE_STORAGE or LEGACY_CODE_SERVER_SNAPSHOTS",
      })
      .describe("Where the state is stored. VERSIONED_STATE_STORAGE needs a Python code location."),
    refresh_if_dev: flag().optional().describe("Whether `dev` fetches changes when it starts."),
  },
  { error: () => "must be a mapping with management_type" },
);

const postProcessor = z.strictObject(
  {
    target: text()
      .optional()
      .describe("Selection of the assets to change, in Dagster's syntax (default: *)."),
    operation: z
      .enum(["merge", "replace"], { error: () => "must be merge or replace" })
      .optional()
      .describe("Whether metadata and tags are merged or replaced (default: merge)."),
    attributes: z
      .strictObject(sharedAttributes, { error: () => "must be a mapping of attributes" })
      .partial(),
  },
  { error: () => "must be a mapping with attributes" },
);

/** The schema of a document of a component file. */
export const componentSchema: z.ZodType<ComponentModel> = z.strictObject(
  {
    type: z
      .string({ error: () => "must be text, such as dagster_sigma.SigmaComponent" })
      .describe("Type of the component."),
    attributes: z.strictObject(
      {
        organization: organization.describe("The Sigma organization."),
        sigma_filter: sigmaFilter.nullable().optional().describe("Which workbooks to load (default: all)."),
        fetch_column_data: flag().optional().describe("Whether to fetch columns (default: true)."),
        fetch_lineage_data: flag().optional().describe("Whether to fetch lineage (default: true)."),
        translation: z
          .union([translation, template])
          .nullable()
          .optional()
          .describe("Attributes of the assets."),
        defs_state: defsState.optional().describe("How the state of the organization is stored."),
      },
      { error: () => "must be a mapping with organization" },
    ),
    requirements: z
      .strictObject(
        { env: z.array(z.string(), { error: () => "must be a list of variables" }).nullable() },
        { error: () => "must be a mapping" },
      )
      .partial()
      .nullable()
      .optional()
      .describe("Environment variables that the file needs."),
    post_processing: z
      .strictObject(
        { assets: z.array(postProcessor, { error: () => "must be a list" }).nullable() },
        { error: () => "must be a mapping with assets" },
      )
      .partial()
      .nullable()
      .optional()
      .describe("Changes of the assets after they are loaded."),
    template_vars_module: z.any().optional().describe("Not supported: it names a Python module."),
  },
  { error: () => "must be a mapping with type and attributes" },
);
