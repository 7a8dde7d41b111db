import type { ColumnData } from "@dagster-sigma/asset-graph/graph-index";
import type {
  AssetKind,
  PresentedSchedule,
  PresentedStatement,
  Provenance,
} from "@dagster-sigma/asset-graph/presentation";
import type { DiagnosticExplanation, Severity } from "@dagster-sigma/foundation";

/** The properties of an asset that the page loads at the start, for drawing, searching and listing. */
export interface PageAsset {
  /** Identifies the asset in URLs of the page: the segments of its key joined with `/`, with `\` and `/` escaped. */
  readonly key: string;
  readonly path: readonly string[];
  /** Display name. */
  readonly name: string;
  /** Id of its kind in the graph's `kinds`. */
  readonly kind: string;
  /** Dagster's kinds. */
  readonly kinds: readonly string[];
  /** Names of its folders, or database and schema of a table; empty if it has none. */
  readonly folder: readonly string[];
  /** Name of the warehouse connection through which a table is read; null if unknown. */
  readonly connection: string | null;
  readonly group: string | null;
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** An http or https URL; null if it has none. */
  readonly url: string | null;
  /** Text of the link to `url`, for example `Open in Sigma`; null without one. */
  readonly urlLabel: string | null;
  /** Unique name of the table behind it, for example `analytics.sales.orders`. */
  readonly table: string | null;
  /** Seconds since the epoch; null if unknown. */
  readonly updatedAt: number | null;
  /** Number of known columns. */
  readonly columns: number;
  /** True if the asset is not defined here: it stands for an upstream asset. */
  readonly isStub: boolean;
  readonly isArchived: boolean;
}

/** A diagnostic with the asset that it concerns. */
export interface PageDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Type and name of the object in its own tool; null if the diagnostic concerns everything. */
  readonly object: { readonly type: string; readonly name: string; readonly url: string | null } | null;
  /** Index of its asset; null if it has none. */
  readonly asset: number | null;
}

/** Counts of the loaded objects of one type by outcome. */
interface PageOutcome {
  readonly what: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** The graph that the page draws; it is loaded first, as a `PackedGraph`. */
export interface PageGraph {
  /** Changes whenever the content changes. */
  readonly version: string;
  /** When the oldest data was fetched, ISO 8601; null for hand-written definitions. */
  readonly fetchedAt: string | null;
  /** Where the assets were loaded from, for display. */
  readonly sources: readonly string[];
  /** What limited the loads' view, each as a phrase; empty if they saw everything. */
  readonly scopes: readonly string[];
  /** Kinds of the assets, in data flow order. */
  readonly kinds: readonly AssetKind[];
  readonly assets: readonly PageAsset[];
  /** Pairs of indices: upstream, downstream. */
  readonly edges: readonly number[];
  readonly diagnostics: readonly PageDiagnostic[];
  /** What the codes of the diagnostics mean, by code; some may be missing. */
  readonly explanations: Readonly<Record<string, DiagnosticExplanation>>;
  readonly outcomes: readonly PageOutcome[];
}

/** The columns of all assets, loaded after the graph is drawn. */
export interface PageColumns extends ColumnData {
  readonly version: string;
}

/** What identifies the assets in a comparison with another graph; loaded for one. */
export interface PageIdentities {
  readonly version: string;
  /** By asset: identity and organization. */
  readonly identities: readonly (readonly [id: string, organization: string | null])[];
  /** Version of the document, by asset; null if unknown. */
  readonly versions: readonly (number | null)[];
}

/** Details of one asset, loaded when a user opens it. */
export interface PageAssetDetails {
  readonly key: string;
  readonly description: string | null;
  readonly codeVersion: string | null;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string | null;
  }[];
  /** How the dependencies are known, by the key of the upstream asset. */
  readonly provenances: readonly { readonly asset: string; readonly told: readonly Provenance[] }[];
  /** SQL statements that define the asset. */
  readonly statements: readonly PresentedStatement[];
  /** Schedules by which its own tool materializes it. */
  readonly schedules: readonly PresentedSchedule[];
  /** Metadata that is not shown elsewhere, in label order. */
  readonly metadata: readonly {
    readonly label: string;
    readonly type: string;
    readonly value: unknown;
  }[];
}
