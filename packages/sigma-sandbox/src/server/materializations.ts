import { randomUUID } from "node:crypto";
import type { Clock } from "@dagster-sigma/foundation";
import type { DataModel, Workbook } from "../organization/organization.ts";
import type { MaterializationAnswer } from "../wire/answers.ts";
import { notFound, Refusal } from "./refusal.ts";

/** How materializations proceed, and the sheets that it applies to. */
export interface MaterializationRule {
  /** Id of the workbook or data model (default: any). */
  readonly documentId?: string;
  /** Id of the sheet (default: any). */
  readonly sheetId?: string;
  /** Maximum number of affected starts (default: unlimited). */
  readonly times?: number;
  /** Time until the end, in ms; infinite for one that never ends (default: it proceeds with each status request). */
  readonly durationMs?: number;
  /** Status until the end (default: `pending`, then `building`). */
  readonly runsAs?: string;
  /** Status at the end (default: `ready`). */
  readonly endsAs?: string;
  /** Whether one that ends as `expired` was ready before (default: false). */
  readonly wasReady?: boolean;
  /** Sigma's text at the end (default: none). */
  readonly error?: string;
}

/** A materialization that a client started. */
export interface StartedMaterialization {
  /** Its id. */
  readonly materializationId: string;
  /** Id of the workbook or data model. */
  readonly documentId: string;
  /** Id of the sheet. */
  readonly sheetId: string;
  /** When it was started, in ms since 1970. */
  readonly startedMs: number;
  /** Number of requests for its status. */
  readonly statusRequests: number;
}

type Running = StartedMaterialization & { readonly rule: MaterializationRule; statusRequests: number };

/** Share of the time in which a materialization is pending. */
const pendingShare = 0.1;

/** The materializations of a sandbox. Sigma neither lists nor cancels them; a second start of a sheet is a second one. */
export class Materializations {
  readonly #clock: Clock;
  readonly #started = new Map<string, Running>();
  #rules: { readonly rule: MaterializationRule; left: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** All started materializations, in order. */
  get started(): readonly StartedMaterialization[] {
    return [...this.#started.values()];
  }

  /** Adds a rule for later starts. The first matching rule applies. */
  addRule(rule: MaterializationRule): void {
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  /** Removes all rules and all started materializations. */
  clear(): void {
    this.#rules = [];
    this.#started.clear();
  }

  /** Called by the server. Sheets without a schedule cannot be materialized. */
  start(document: Workbook | DataModel, sheetId: unknown): { readonly materializationId: string } {
    const scheduled = document.content.schedules.find(({ element }) => element.sheetId === sheetId);
    if (scheduled === undefined)
      throw new Refusal(400, "invalid_request", "The sheet has no materialization schedule");
    const materializationId = randomUUID();
    this.#started.set(materializationId, {
      materializationId,
      documentId: document.id,
      sheetId: scheduled.element.sheetId,
      startedMs: this.#clock.now(),
      statusRequests: 0,
      rule: this.#ruleFor(document.id, scheduled.element.sheetId),
    });
    return { materializationId };
  }

  /** Called by the server. */
  status(document: Workbook | DataModel, materializationId: string): MaterializationAnswer {
    const running = this.#started.get(materializationId);
    if (running?.documentId !== document.id) throw notFound();
    const { startedMs, rule } = running;
    const progress = this.#progressOf(running);
    running.statusRequests++;
    const startedAt = new Date(startedMs).toISOString();
    if (progress < 1) {
      const status = rule.runsAs ?? (progress < pendingShare ? "pending" : "building");
      return { materializationId, status, startedAt };
    }
    const status = rule.endsAs ?? "ready";
    const endedAt = new Date(
      rule.durationMs === undefined ? this.#clock.now() : startedMs + rule.durationMs,
    ).toISOString();
    return {
      materializationId,
      status,
      startedAt,
      ...(status.toLowerCase() === "ready" || rule.wasReady === true ? { readyAt: endedAt } : {}),
      ...(status === "expired" ? { expiredAt: endedAt } : {}),
      ...(rule.error === undefined ? {} : { error: rule.error }),
    };
  }

  /** From 0 to 1; without a duration, the third request for the status sees the end. */
  #progressOf({ startedMs, statusRequests, rule: { durationMs } }: Running): number {
    if (durationMs === undefined) return Math.min(1, statusRequests / 2);
    return durationMs === 0 ? 1 : Math.min(1, (this.#clock.now() - startedMs) / durationMs);
  }

  #ruleFor(documentId: string, sheetId: string): MaterializationRule {
    const found = this.#rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.documentId === undefined || rule.documentId === documentId) &&
        (rule.sheetId === undefined || rule.sheetId === sheetId),
    );
    if (found === undefined) return {};
    found.left--;
    return found.rule;
  }
}
