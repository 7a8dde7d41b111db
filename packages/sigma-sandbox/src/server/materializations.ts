import { randomUUID } from "node:crypto";
import type { Clock } from "@dagster-sigma/foundation";
import type { DataModel, Workbook } from "../organization/organization.ts";
import type { MaterializationAnswer } from "../wire/answers.ts";
import { notFound, Refusal } from "./refusal.ts";

/** Each status request advances a running materialization by one step. */
const steps = ["pending", "building", "ready"] as const;

/** The started materializations and their states. */
export class Materializations {
  readonly #clock: Clock;
  readonly #started = new Map<
    string,
    { readonly documentId: string; readonly startedAt: string; looks: number }
  >();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(document: Workbook | DataModel, sheetId: unknown): { readonly materializationId: string } {
    const isScheduled = document.content.schedules.some(({ element }) => element.sheetId === sheetId);
    if (!isScheduled) throw new Refusal(400, "invalid_request", "The sheet has no materialization schedule");
    const materializationId = randomUUID();
    const startedAt = new Date(this.#clock.now()).toISOString();
    this.#started.set(materializationId, { documentId: document.id, startedAt, looks: 0 });
    return { materializationId };
  }

  status(document: Workbook | DataModel, materializationId: string): MaterializationAnswer {
    const started = this.#started.get(materializationId);
    if (started?.documentId !== document.id) throw notFound();
    const status = steps[Math.min(started.looks, steps.length - 1)] ?? "ready";
    started.looks++;
    const { startedAt } = started;
    const readyAt = status === "ready" ? { readyAt: new Date(this.#clock.now()).toISOString() } : {};
    return { materializationId, status, startedAt, ...readyAt };
  }
}
