import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import type { ScheduledDocuments } from "./scheduled-company.ts";

/** A situation in which both sides materialize all workbooks of an organization, or all data models if it has no workbook. */
export interface MaterializeCase {
  /** For the table in the docs. */
  readonly name: string;
  /** When the documents are materialized. */
  readonly documents: ScheduledDocuments;
  /** When the definitions were loaded (default: the same). */
  readonly loaded?: ScheduledDocuments;
  /** How Sigma behaves (default: each materialization is pending, then building, then ready). */
  readonly arrange?: (sandbox: Sandbox) => void;
  /** Limits of ours, in ms of the shortened time (default: those of the library). */
  readonly limits?: Readonly<Partial<Record<"sheetTimeoutMs" | "maxStatusFailureMs", number>>>;
  /** Whether the reference runs in Dagster instead of being called directly (default: false). */
  readonly inDagster?: boolean;
  /** Text from Sigma, or about the cause, that the caller should get (default: none). */
  readonly cause?: string;
  readonly reference: ExpectedSide;
  readonly ours: ExpectedSide;
  readonly verdict: "same" | "better";
  /** Why, for the table in the docs. */
  readonly reason: string;
}

export interface ExpectedSide {
  /** What the caller gets. */
  readonly outcome: string;
  /** Number of starts of each scheduled sheet, largest first. */
  readonly starts: readonly number[];
  /** Requests without sign-ins and without loading the definitions; null if it depends on the time. */
  readonly calls: number | null;
}

/** What happened on one side. */
export interface ObservedSide extends ExpectedSide {
  readonly calls: number;
  /** Whether the caller learns that everything is ready. */
  readonly claimsReady: boolean;
  /** Whether it ends by itself. */
  readonly ends: boolean;
  /** The text that the caller gets. */
  readonly text: string;
  /** Number of started materializations whose end the caller does not learn. */
  readonly lost: number;
  /** Number of scheduled sheets that are ready in Sigma when it has ended all materializations. */
  readonly materialized: number;
}
