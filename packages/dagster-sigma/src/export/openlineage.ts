import { createHash } from "node:crypto";
import {
  type AssetNode,
  columnLineageLabel,
  columnSchemaLabel,
  type Definitions,
  resolvePresentation,
} from "@dagster-sigma/asset-graph";

/** Version of the specification, and of the facets, that the events have. */
const spec = "https://openlineage.io/spec";
const schemaUrls = {
  event: `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
  schema: `${spec}/facets/1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet`,
  columnLineage: `${spec}/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet`,
  documentation: `${spec}/facets/1-1-0/DocumentationDatasetFacet.json#/$defs/DocumentationDatasetFacet`,
  ownership: `${spec}/facets/1-0-1/OwnershipDatasetFacet.json#/$defs/OwnershipDatasetFacet`,
  jobType: `${spec}/facets/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet`,
} as const;

export interface OpenLineageOptions {
  /** Namespace of Sigma's documents, for example `sigma://acme`. */
  readonly namespace: string;
  /**
   * Namespace of warehouse tables, for example `snowflake://org-account`; null for `<storage kind>://<connection>`, because Sigma does not tell
   * the account of a connection.
   */
  readonly tableNamespace: string | null;
  /** URI of the program that writes the events. */
  readonly producer: string;
  /** When the data was fetched, ISO 8601. */
  readonly eventTime: string;
}

/** A dataset as OpenLineage names it. */
interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * One event for each selected document: a completed run of a job that reads the document's sources and writes the document. Exporting the
 * same data again gives the same events, with the same run ids.
 */
export function openLineageEvents(
  { assetGraph }: Definitions,
  selected: ReadonlySet<string> | null,
  options: OpenLineageOptions,
): readonly object[] {
  const events = new EventWriter(assetGraph.nodes, options);
  return [...assetGraph.nodes]
    .filter(([id, node]) => !node.isStub && (selected?.has(id) ?? true))
    .map(([, node]) => events.eventOf(node));
}

class EventWriter {
  readonly #nodes: ReadonlyMap<string, AssetNode>;
  readonly #options: OpenLineageOptions;

  constructor(nodes: ReadonlyMap<string, AssetNode>, options: OpenLineageOptions) {
    this.#nodes = nodes;
    this.#options = options;
  }

  eventOf(node: AssetNode): object {
    const { producer, eventTime } = this.#options;
    const output = this.#nameOf(node);
    const inputs = node.upstream.flatMap((key) => this.#nodes.get(key.toString()) ?? []);
    return {
      eventType: "COMPLETE",
      eventTime,
      run: { runId: uuidOf(`${output.namespace}\n${output.name}\n${eventTime}`) },
      job: {
        ...output,
        facets: {
          jobType: {
            ...this.#facet(schemaUrls.jobType),
            processingType: "BATCH",
            integration: "SIGMA",
            jobType: resolvePresentation(node).kind.id.toUpperCase(),
          },
        },
      },
      inputs: inputs.map((input) => ({ ...this.#nameOf(input), facets: this.#schemaFacet(input) })),
      outputs: [{ ...output, facets: this.#facetsOf(node) }],
      producer,
      schemaURL: schemaUrls.event,
    };
  }

  #nameOf(node: AssetNode): DatasetName {
    const { table, connection } = resolvePresentation(node);
    if (table === null) return { namespace: this.#options.namespace, name: node.spec.key.toUserString() };
    const storage = node.spec.metadata["dagster/storage_kind"];
    const kind = storage?.type === "text" ? storage.value : "warehouse";
    const host = (connection ?? "default").replace(/[^A-Za-z0-9._-]+/g, "-");
    return { namespace: this.#options.tableNamespace ?? `${kind}://${host}`, name: table };
  }

  #facet(schemaUrl: string): object {
    return { _producer: this.#options.producer, _schemaURL: schemaUrl };
  }

  #facetsOf(node: AssetNode): object {
    const { spec } = node;
    return {
      ...this.#schemaFacet(node),
      ...this.#columnLineageFacet(node),
      ...(spec.description === null
        ? {}
        : { documentation: { ...this.#facet(schemaUrls.documentation), description: spec.description } }),
      ...(spec.owners.length === 0
        ? {}
        : {
            ownership: {
              ...this.#facet(schemaUrls.ownership),
              owners: spec.owners.map((owner) => ({
                name: owner.startsWith("team:") ? owner : `user:${owner}`,
                type: "MAINTAINER",
              })),
            },
          }),
    };
  }

  #schemaFacet({ spec }: AssetNode): object {
    const schema = spec.metadata[columnSchemaLabel];
    if (schema?.type !== "table_schema" || schema.value.columns.length === 0) return {};
    const fields = schema.value.columns.map(({ name, type, description }) => ({
      name,
      ...(type === "" ? {} : { type }),
      ...(description === null ? {} : { description }),
    }));
    return { schema: { ...this.#facet(schemaUrls.schema), fields } };
  }

  #columnLineageFacet({ spec }: AssetNode): object {
    const lineage = spec.metadata[columnLineageLabel];
    if (lineage?.type !== "table_column_lineage") return {};
    const fields = Object.entries(lineage.value.depsByColumn).flatMap(([column, deps]) => {
      const inputFields = deps.flatMap(({ assetKey, columnName }) => {
        const upstream = this.#nodes.get(assetKey.toString());
        return upstream === undefined ? [] : [{ ...this.#nameOf(upstream), field: columnName }];
      });
      return inputFields.length === 0 ? [] : [[column, { inputFields }] as const];
    });
    if (fields.length === 0) return {};
    return {
      columnLineage: { ...this.#facet(schemaUrls.columnLineage), fields: Object.fromEntries(fields) },
    };
  }
}

/** A UUID of the custom version 8 (RFC 9562), which is the same for the same text. */
function uuidOf(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
