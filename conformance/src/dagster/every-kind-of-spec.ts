import {
  AssetDep,
  AssetSpec,
  AutomationCondition,
  FreshnessPolicy,
  MetadataValue,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";

const schema = new TableSchema({
  columns: [
    {
      name: "id",
      type: "int",
      description: "the key",
      constraints: { nullable: false, unique: true, other: ["> 0"] },
    },
    { name: "ünïcode", tags: { pii: "yes" } },
  ],
  constraints: ["at least one row"],
});

/** Specs that use every attribute and metadata type, and text that is difficult to encode. */
export const everyKindOfSpec: readonly AssetSpec[] = [
  new AssetSpec({
    key: ["every", "kind"],
    deps: [
      ["every", "other"],
      new AssetDep(["nowhere", "defined"], { metadata: { "dagster/table_name": "a.b.c" } }),
    ],
    description: 'line one\nline two — \u2028 𝄞 "quoted" \\ back',
    owners: ["team:bi", "someone@example.com"],
    tags: { priority: "high", "with/namespace": "", empty: "" },
    kinds: ["sigma", "workbook", "snowflake", "python"],
    groupName: "marketing/emea",
    codeVersion: "v 1.2",
    freshnessPolicy: FreshnessPolicy.timeWindow({ failWindowSeconds: 90_061, warnWindowSeconds: 3_600 }),
    automationCondition: AutomationCondition.onCron("0 6 * * 1-5", "Europe/Berlin")
      .or(AutomationCondition.eager().ignore('group:"a b" or not kind:"ü"'))
      .withLabel("ünïcode"),
    metadata: {
      text: "plain",
      url: MetadataValue.url("https://example.com/?a=1&b=ü"),
      path: MetadataValue.path("/tmp/x"),
      notebook: MetadataValue.notebook("/tmp/x.ipynb"),
      md: MetadataValue.md("# head\n*x*"),
      json: MetadataValue.json({ a: [1, 2.5, null, true, { b: "ü" }], big: 1e21, small: 1.5e-7 }),
      int: 42,
      negative: -7,
      big: Number.MAX_SAFE_INTEGER,
      float: MetadataValue.float(2),
      fraction: 0.1,
      bool: false,
      null: MetadataValue.null(),
      timestamp: MetadataValue.timestamp(1_700_000_000),
      asset: MetadataValue.asset(["every", "other"]),
      run: MetadataValue.dagsterRun("5f5a2b4e-0000-4000-8000-000000000000"),
      artifact: MetadataValue.pythonArtifact({ module: "json", name: "dumps" }),
      table: MetadataValue.table({
        records: [{ id: 1, name: "x", ok: true, none: null, half: 0.5 }],
        schema,
      }),
      "dagster/column_schema": schema,
      "dagster/column_lineage": new TableColumnLineage({
        id: [new TableColumnDep(["every", "other"], "id"), new TableColumnDep(["nowhere", "defined"], "ID")],
      }),
      "dagster/row_count": 12,
      "dagster/table_name": "a.b.kind",
    },
  }),
  new AssetSpec({
    key: ["every", "other"],
    freshnessPolicy: FreshnessPolicy.timeWindow({ failWindowSeconds: 60 }),
    isVirtual: true,
  }),
  new AssetSpec({ key: ["s p a c e", "dots.and-dashes", "ünï"], description: "x".repeat(100_000) }),
];
