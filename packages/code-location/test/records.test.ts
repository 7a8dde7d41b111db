import {
  AssetCheckEvaluation,
  AssetKey,
  AssetMaterialization,
  AssetObservation,
  AssetSpec,
  type MetadataType,
  MetadataValue,
  SensorDefinition,
  type SensorResult,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import { describeFailure } from "@dagster-sigma/definitions-host";
import { describe, expect, it } from "vitest";
import { assetNodeRecord } from "../src/records/asset-node-record.ts";
import { AutomationPolicies } from "../src/records/automation-policies.ts";
import { errorRecord } from "../src/records/error-record.ts";
import { metadataEntries } from "../src/records/metadata-record.ts";
import { listRepositoriesRecord, repositoryFields } from "../src/records/repository-records.ts";
import { sensorExecutionRecord } from "../src/records/sensor-execution-record.ts";
import { sensorRecord } from "../src/records/sensor-record.ts";
import { toWireJson } from "../src/wire/wire-json.ts";
import type { WireRecord } from "../src/wire/wire-record.ts";

/** Parses the JSON as Python does. */
const onWire = (record: WireRecord | readonly WireRecord[]): unknown => JSON.parse(toWireJson(record));
const column = { __class__: "TableColumn", description: null, tags: {} };
const constraints = { __class__: "TableColumnConstraints", nullable: true, unique: false, other: [] };
const schema = new TableSchema({ columns: [{ name: "c", type: "int" }], constraints: ["x > 1"] });
const schemaRecord = {
  __class__: "TableSchema",
  columns: [{ ...column, name: "c", type: "int", constraints }],
  constraints: { __class__: "TableConstraints", other: ["x > 1"] },
};
const keyRecord = { __class__: "AssetKey", path: ["a", "b"] };

const values: { readonly [Type in MetadataType]: readonly [MetadataValue, object] } = {
  text: [MetadataValue.text("t"), { __class__: "TextMetadataEntryData", text: "t" }],
  url: [
    MetadataValue.url("https://x.example"),
    { __class__: "UrlMetadataEntryData", url: "https://x.example" },
  ],
  path: [MetadataValue.path("/p"), { __class__: "PathMetadataEntryData", path: "/p" }],
  notebook: [MetadataValue.notebook("/n"), { __class__: "NotebookMetadataEntryData", path: "/n" }],
  md: [MetadataValue.md("*m*"), { __class__: "MarkdownMetadataEntryData", md_str: "*m*" }],
  json: [
    MetadataValue.json({ a: [{ __class__: "AssetKey" }] }),
    { __class__: "JsonMetadataEntryData", data: { a: [{ "user:__class__": "AssetKey" }] } },
  ],
  int: [MetadataValue.int(-3), { __class__: "IntMetadataEntryData", value: -3 }],
  float: [MetadataValue.float(1.5), { __class__: "FloatMetadataEntryData", value: 1.5 }],
  bool: [MetadataValue.bool(false), { __class__: "BoolMetadataEntryData", value: false }],
  null: [MetadataValue.null(), { __class__: "NullMetadataEntryData" }],
  timestamp: [MetadataValue.timestamp(new Date(1_500)), { __class__: "TimestampMetadataValue", value: 1.5 }],
  asset: [
    MetadataValue.asset(["a", "b"]),
    { __class__: "DagsterAssetMetadataEntryData", asset_key: keyRecord },
  ],
  dagster_run: [
    MetadataValue.dagsterRun("r"),
    { __class__: "DagsterPipelineRunMetadataEntryData", run_id: "r" },
  ],
  job: [
    MetadataValue.job({ jobName: "j", locationName: "l", repositoryName: null }),
    { __class__: "DagsterJobMetadataValue", job_name: "j", location_name: "l", repository_name: null },
  ],
  pool: [MetadataValue.pool("p"), { __class__: "PoolMetadataValue", pool: "p" }],
  python_artifact: [
    MetadataValue.pythonArtifact({ module: "m", name: "n" }),
    { __class__: "PythonArtifactMetadataEntryData", module: "m", name: "n" },
  ],
  table: [
    MetadataValue.table({ records: [{ c: 1, __enum__: "x" }], schema }),
    {
      __class__: "TableMetadataEntryData",
      records: [{ __class__: "TableRecord", data: { c: 1, "user:__enum__": "x" } }],
      schema: schemaRecord,
    },
  ],
  table_schema: [
    MetadataValue.tableSchema(schema),
    { __class__: "TableSchemaMetadataEntryData", schema: schemaRecord },
  ],
  table_column_lineage: [
    MetadataValue.columnLineage(new TableColumnLineage({ __class__: [new TableColumnDep(["a", "b"], "c")] })),
    {
      __class__: "TableColumnLineageMetadataValue",
      column_lineage: {
        __class__: "TableColumnLineage",
        deps_by_column: {
          "user:__class__": [{ __class__: "TableColumnDep", asset_key: keyRecord, column_name: "c" }],
        },
      },
    },
  ],
  code_references: [
    MetadataValue.codeReferences([
      { url: "https://x.example/f", label: "l" },
      { filePath: "/f.ts", lineNumber: 3, label: null },
    ]),
    {
      __class__: "CodeReferencesMetadataValue",
      code_references: [
        { __class__: "UrlCodeReference", url: "https://x.example/f", label: "l" },
        { __class__: "LocalFileCodeReference", file_path: "/f.ts", line_number: 3, label: null },
      ],
    },
  ],
};

describe("serialized metadata", () => {
  it.each(Object.entries(values))("has Dagster's class and fields for %s", (_type, [value, data]) => {
    expect(onWire(metadataEntries({ label: value }))).toEqual([
      { __class__: "EventMetadataEntry", label: "label", description: null, entry_data: data },
    ]);
  });

  it("has a decimal point in floats and timestamps with integer values, and none in integers", () => {
    const text = toWireJson(
      metadataEntries({
        float: MetadataValue.float(2),
        timestamp: MetadataValue.timestamp(2),
        int: MetadataValue.int(2),
      }),
    );
    expect(text.match(/"value":[\d.]+/g)).toEqual(['"value":2.0', '"value":2.0', '"value":2']);
  });
});

describe("a serialized repository", () => {
  it("is the only one of its location, which is named by its module", () => {
    expect(onWire(listRepositoriesRecord("1.13.27", null))).toMatchObject({
      __class__: "ListRepositoriesResponse",
      repository_symbols: [
        {
          __class__: "LoadableRepositorySymbol",
          repository_name: "__repository__",
          attribute: "__repository__",
        },
      ],
      repository_code_pointer_dict: { __repository__: { __class__: "ModuleCodePointer" } },
      dagster_library_versions: { dagster: "1.13.27" },
    });
  });

  it("names what starts its runs: interpreter, definitions file, image and settings of the containers", () => {
    const containerContext = { k8s: { env_secrets: ["sigma"] } };
    const origin = {
      python: "/venv/python",
      file: "/app/definitions.ts",
      containerImage: "sigma:1",
      containerContext,
    };
    expect(onWire(listRepositoriesRecord("1.13.27", origin))).toMatchObject({
      executable_path: "/venv/python",
      entry_point: ["/venv/python", "-m", "dagster"],
      container_image: "sigma:1",
      container_context: containerContext,
      repository_code_pointer_dict: {
        __repository__: {
          __class__: "CustomPointer",
          reconstructor_pointer: { module: "dagster_typescript.worker.location", fn_name: "load" },
          reconstructable_args: ["/app/definitions.ts"],
        },
      },
    });
  });

  it("has assets, sensors, checks and resources, and nothing else", () => {
    const parts = {
      assetNodes: [{ __class__: "A" }],
      sensors: [{ __class__: "S" }],
      assetChecks: [{ __class__: "C" }],
      resources: [{ __class__: "R" }],
      envVars: { V: [] },
    };
    expect(onWire(repositoryFields(parts))).toEqual({
      __class__: "ExternalRepositoryData",
      name: "__repository__",
      external_schedule_datas: [],
      external_partition_set_datas: [],
      external_sensor_datas: parts.sensors,
      external_asset_graph_data: parts.assetNodes,
      external_resource_data: parts.resources,
      external_asset_checks: parts.assetChecks,
      metadata: {},
      utilized_env_vars: parts.envVars,
    });
  });
});

describe("a serialized asset", () => {
  const record = (spec: AssetSpec): unknown =>
    onWire(
      assetNodeRecord({ spec, upstream: [new AssetKey(["a", "b"])] }, new AutomationPolicies([1, 13, 27])),
    );

  it("is external, which Dagster cannot materialize, and has its kinds as tags", () => {
    const spec = new AssetSpec({
      key: "k",
      kinds: ["sigma"],
      tags: { __class__: "x" },
      groupName: "g",
      codeVersion: "7",
    });
    expect(record(spec)).toMatchObject({
      __class__: "ExternalAssetNode",
      asset_key: { path: ["k"] },
      dependencies: [{ __class__: "ExternalAssetDependency", upstream_asset_key: keyRecord }],
      execution_type: { __enum__: "AssetExecutionType.UNEXECUTABLE" },
      group_name: "g",
      code_version: "7",
      tags: { "dagster/kind/sigma": "", "user.__class__": "x" },
    });
  });

  it("has no description if it is empty, and no freshness policy if none is set", () => {
    const node = record(new AssetSpec({ key: "k", description: "" }));
    expect(node).toMatchObject({ op_description: null });
    expect(node).not.toHaveProperty("new_freshness_policy");
  });
});

describe("a serialized sensor result", () => {
  const request = { name: "s", cursor: "before", lastTickAt: null };
  const found = (result: SensorResult): unknown => onWire(sensorExecutionRecord(result, request));

  it("keeps the previous cursor if none is returned; an empty cursor is valid", () => {
    expect(found({})).toMatchObject({ cursor: "before", skip_message: null, asset_events: [] });
    expect(found({ cursor: "", skipMessage: "no news" })).toMatchObject({
      cursor: "",
      skip_message: "no news",
    });
  });

  it("contains observations and materializations", () => {
    const assetEvents = [
      new AssetObservation({ assetKey: ["a", "b"], dataVersion: "7", tags: { t: "v" } }),
      new AssetMaterialization({ assetKey: "k", partition: "p", metadata: { rows: 1 } }),
    ];
    expect(found({ assetEvents })).toMatchObject({
      asset_events: [
        {
          __class__: "AssetObservation",
          asset_key: keyRecord,
          tags: { t: "v", "dagster/data_version": "7", "dagster/data_version_is_user_provided": "true" },
        },
        {
          __class__: "AssetMaterialization",
          partition: "p",
          tags: {},
          metadata_entries: [{ label: "rows" }],
        },
      ],
    });
  });

  it("has no data version tags if no data version is given", () => {
    const assetEvents = [new AssetMaterialization({ assetKey: "k", tags: { t: "v" } })];
    const { asset_events: events } = found({ assetEvents }) as { readonly asset_events: readonly object[] };
    expect(events.map((event) => ("tags" in event ? event.tags : null))).toEqual([{ t: "v" }]);
  });

  it("contains check evaluations with Dagster's severities", () => {
    const event = { assetKey: "k", checkName: "fresh", passed: false } as const;
    const assetEvents = [
      new AssetCheckEvaluation(event),
      new AssetCheckEvaluation({ ...event, severity: "warn" }),
    ];
    const evaluation = { __class__: "AssetCheckEvaluation", check_name: "fresh", success: false };
    expect(found({ assetEvents })).toMatchObject({
      asset_events: [
        { ...evaluation, severity: { __enum__: "AssetCheckSeverity.ERROR" } },
        { ...evaluation, severity: { __enum__: "AssetCheckSeverity.WARN" } },
      ],
    });
  });
});

describe("a serialized sensor", () => {
  it.each([
    [0.2, 1],
    [0, 1],
    [29.6, 30],
    [60, 60],
  ])("with an interval of %d s has an interval of at least one whole second", (seconds, onTheWire) => {
    const sensor = new SensorDefinition({ name: "s", minimumIntervalSeconds: seconds, evaluate: () => ({}) });
    expect(onWire(sensorRecord(sensor))).toMatchObject({
      min_interval: onTheWire,
      default_status: { __enum__: "DefaultSensorStatus.STOPPED" },
    });
  });
});

describe("a serialized error", () => {
  it("contains the message, the excerpt and the hint on separate lines, followed by the causes", () => {
    const failure = {
      ...describeFailure(new RangeError("broken", { cause: new TypeError("deep") })),
      excerpt: "1 | code",
      hint: "fix it",
      stack: ["at f"],
    };
    expect(onWire(errorRecord(failure))).toMatchObject({
      message: "RangeError: broken\n1 | code\nfix it\n",
      stack: ["    at f\n"],
      cls_name: "RangeError",
      cause: { cls_name: "TypeError", cause: null },
    });
    expect(onWire(errorRecord({ ...failure, excerpt: null, hint: "" }))).toMatchObject({
      message: "RangeError: broken\n",
    });
  });
});
