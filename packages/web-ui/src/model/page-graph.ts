import type { ColumnData } from "@dagster-sigma/asset-graph/graph-index";
import type {
  AssetKind,
  PresentedSchedule,
  PresentedStatement,
} from "@dagster-sigma/asset-graph/presentation";
import type { Severity } from "@dagster-sigma/foundation";

/** An asset as the page has it from the start: what is drawn, searched and listed. */
export interface PageAsset {
  /** Its identity in addresses of the page: the segments of its key joined with `/`, `\` and `/` in them escaped. */
  readonly key: string;
  readonly path: readonly string[];
  /** As people call it. */
  readonly name: string;
  /** Id of its kind, which is one of the kinds of the graph. */
  readonly kind: string;
  /** Dagster's kinds. */
  readonly kinds: readonly string[];
  /** Names of the folders that it lies in, or of the database and schema of a table; empty when it lies nowhere. */
  readonly folder: readonly string[];
  readonly group: string | null;
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Where to look at it, https or http; null when it has no page. */
  readonly url: string | null;
  /** Text of the link to `url`, for example `Open in Sigma`; null without one. */
  readonly urlLabel: string | null;
  /** Unique name of the table behind it, for example `analytics.sales.orders`. */
  readonly table: string | null;
  /** Seconds since 1970; null when unknown. */
  readonly updatedAt: number | null;
  /** How many columns are known. */
  readonly columns: number;
  /** True when nothing here defines it: it stands for something upstream. */
  readonly isStub: boolean;
  readonly isArchived: boolean;
}

/** A diagnostic, with the asset that it is about. */
export interface PageDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Type and name of the object in the words of where it comes from; null when it is about everything. */
  readonly object: { readonly type: string; readonly name: string; readonly url: string | null } | null;
  /** Index of its asset; null when it has none. */
  readonly asset: number | null;
}

/** What became of everything that was there to be loaded. */
interface PageOutcome {
  readonly what: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** The whole graph as the page asks for it first. */
export interface PageGraph {
  /** Another one whenever anything in it is another. */
  readonly version: string;
  /** When the oldest of the data was fetched, ISO 8601; null when it is hand-written. */
  readonly fetchedAt: string | null;
  /** Where it comes from, for people. */
  readonly sources: readonly string[];
  /** What limits the loads saw under, each as a phrase; empty when they saw everything. */
  readonly scopes: readonly string[];
  /** The kinds of the assets, in the order in which data flows. */
  readonly kinds: readonly AssetKind[];
  readonly assets: readonly PageAsset[];
  /** Pairs of indices: what is read, and what reads it. */
  readonly edges: readonly number[];
  readonly diagnostics: readonly PageDiagnostic[];
  readonly outcomes: readonly PageOutcome[];
}

/** The columns of all assets, asked for after the graph is drawn. */
export interface PageColumns extends ColumnData {
  readonly version: string;
}

/** All that is known of one asset, asked for when somebody looks at it. */
export interface PageAssetDetails {
  readonly key: string;
  readonly description: string | null;
  readonly codeVersion: string | null;
  /** Name of the connection to the warehouse that a table is read through. */
  readonly connection: string | null;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string | null;
  }[];
  /** SQL that it is made with. */
  readonly statements: readonly PresentedStatement[];
  /** When its own tool materializes it. */
  readonly schedules: readonly PresentedSchedule[];
  /** What is not shown in a place of its own, in order of its labels. */
  readonly metadata: readonly {
    readonly label: string;
    readonly type: string;
    readonly value: unknown;
  }[];
}
