import type { Fault, FaultRule, MaterializationRule, Sandbox } from "@dagster-sigma/sigma-sandbox";
import type { MaterializeCase } from "./materialize-case.ts";
import { longestWaitMs } from "./short-time.ts";

const startRoute = "/v2/workbooks/{workbookId}/materializations";
const statusRoute = `${startRoute}/{materializationId}`;

type Arrange = (sandbox: Sandbox) => void;

/** The first start proceeds like this. */
const first =
  (rule: MaterializationRule): Arrange =>
  ({ materializations }) =>
    materializations.addRule({ times: 1, ...rule });

/** The first start is answered like this. */
const startAnswers =
  (fault: Fault, rule: Partial<FaultRule> = {}): Arrange =>
  ({ faults }) =>
    faults.add({ route: startRoute, times: 1, ...rule, fault });

/** The first request for a status is answered like this. */
const statusAnswers =
  (fault: Fault, rule: Partial<FaultRule> = {}): Arrange =>
  ({ faults }) =>
    faults.add({ route: statusRoute, times: 1, ...rule, fault });

const status = (code: number, message = "Sigma has a problem"): Fault => ({
  kind: "status",
  status: code,
  message,
});

const one = { workbooks: [1] };
const two = { workbooks: [2] };
const suspended = "Warehouse LOADING is suspended";

/** Both sides in each situation, in the order of the table in the docs. */
export const materializeCases: readonly MaterializeCase[] = [
  {
    name: "one sheet",
    documents: one,
    reference: { outcome: "ready", starts: [1], calls: 4 },
    ours: { outcome: "ready", starts: [1], calls: 5 },
    verdict: "same",
    reason: "one request more: the current schedules",
  },
  {
    name: "two sheets",
    documents: two,
    reference: { outcome: "ready", starts: [1, 1], calls: 8 },
    ours: { outcome: "ready", starts: [1, 1], calls: 9 },
    verdict: "same",
    reason: "one request more: the current schedules",
  },
  {
    name: "a paused schedule",
    documents: { ...one, paused: true },
    reference: { outcome: "ready", starts: [1], calls: 4 },
    ours: { outcome: "ready", starts: [1], calls: 5 },
    verdict: "same",
    reason: "Sigma starts it",
  },
  {
    name: "no schedule",
    documents: { workbooks: [0] },
    cause: "no materialization schedule",
    reference: { outcome: "`CheckError`", starts: [], calls: 0 },
    ours: { outcome: "`NO_MATERIALIZATION_SCHEDULE`", starts: [], calls: 1 },
    verdict: "better",
    reason: "the error names the cause",
  },
  {
    name: "two workbooks, the first fails",
    documents: { workbooks: [1, 2] },
    arrange: first({ endsAs: "failed", error: suspended }),
    inDagster: true,
    cause: suspended,
    reference: { outcome: "`Exception`: 1 failed; ready", starts: [1, 1, 1], calls: 12 },
    ours: { outcome: "`MATERIALIZATION_FAILED`; ready", starts: [1, 1, 1], calls: 14 },
    verdict: "better",
    reason: "Sigma's reason is part of the error",
  },
  {
    name: "a data model",
    documents: { workbooks: [], dataModels: [1] },
    reference: { outcome: "no asset", starts: [0], calls: 0 },
    ours: { outcome: "ready", starts: [1], calls: 5 },
    verdict: "better",
    reason: "the reference does not know data models",
  },
  {
    name: "an element was scheduled after the load",
    documents: two,
    loaded: one,
    reference: { outcome: "ready", starts: [1, 0], calls: 4 },
    ours: { outcome: "ready", starts: [1, 1], calls: 9 },
    verdict: "better",
    reason: "the schedules are fetched before the start",
  },
  {
    name: "the only schedule was removed after the load",
    documents: { workbooks: [0] },
    loaded: one,
    cause: "no materialization schedule",
    reference: { outcome: "`HTTPError` 400", starts: [], calls: 1 },
    ours: { outcome: "`NO_MATERIALIZATION_SCHEDULE`", starts: [], calls: 1 },
    verdict: "better",
    reason: "the error names the cause",
  },
  {
    name: "one of two sheets fails, with a reason",
    documents: two,
    arrange: first({ endsAs: "failed", error: suspended }),
    cause: suspended,
    reference: { outcome: "`Exception`: 1 failed, 1 succeeded", starts: [1, 1], calls: 8 },
    ours: { outcome: "1 `MATERIALIZATION_FAILED`, 1 ready", starts: [1, 1], calls: 9 },
    verdict: "better",
    reason: "Sigma's reason is part of the error",
  },
  {
    name: "status `FAILED`",
    documents: one,
    arrange: first({ endsAs: "FAILED" }),
    reference: { outcome: "`Exception`: 1 failed", starts: [1], calls: 4 },
    ours: { outcome: "`MATERIALIZATION_FAILED`", starts: [1], calls: 5 },
    verdict: "same",
    reason: "",
  },
  {
    name: "status `READY`",
    documents: one,
    arrange: first({ endsAs: "READY" }),
    reference: { outcome: "`Exception`: 1 failed", starts: [1], calls: 4 },
    ours: { outcome: "ready", starts: [1], calls: 5 },
    verdict: "better",
    reason: "case does not matter",
  },
  {
    name: "`expired`, never ready",
    documents: one,
    arrange: first({ endsAs: "expired" }),
    reference: { outcome: "`Exception`: 1 failed", starts: [1], calls: 4 },
    ours: { outcome: "`MATERIALIZATION_FAILED`", starts: [1], calls: 5 },
    verdict: "same",
    reason: "",
  },
  {
    name: "`expired`, was ready",
    documents: one,
    arrange: first({ endsAs: "expired", wasReady: true }),
    reference: { outcome: "`Exception`: 1 failed", starts: [1], calls: 4 },
    ours: { outcome: "ready", starts: [1], calls: 5 },
    verdict: "better",
    reason: "a newer materialization replaced it",
  },
  {
    name: "`canceled`",
    documents: one,
    arrange: first({ endsAs: "canceled" }),
    reference: { outcome: "`Exception`: 1 failed", starts: [1], calls: 4 },
    ours: { outcome: "`MATERIALIZATION_FAILED`", starts: [1], calls: 5 },
    verdict: "same",
    reason: "",
  },
  {
    name: "an unknown status, then `ready`",
    documents: one,
    arrange: first({ runsAs: "waiting_for_slot" }),
    reference: { outcome: "`Exception`: 1 failed", starts: [1], calls: 2 },
    ours: { outcome: "ready", starts: [1], calls: 5 },
    verdict: "better",
    reason: "an unknown status means that it goes on",
  },
  {
    name: "`building` without end",
    documents: one,
    arrange: first({ durationMs: Number.POSITIVE_INFINITY, runsAs: "building" }),
    limits: { sheetTimeoutMs: longestWaitMs },
    reference: { outcome: "waits without end", starts: [1], calls: null },
    ours: { outcome: "`MATERIALIZATION_TIMED_OUT`", starts: [1], calls: null },
    verdict: "better",
    reason: "the reference has no time limit",
  },
  {
    name: "the start of one of two sheets: 400",
    documents: two,
    arrange: startAnswers(status(400, "The sheet is invalid")),
    cause: "The sheet is invalid",
    reference: { outcome: "`HTTPError` 400", starts: [0, 0], calls: 1 },
    ours: { outcome: "1 `START_REFUSED`, 1 ready", starts: [1, 0], calls: 6 },
    verdict: "better",
    reason: "the other sheet is materialized; Sigma's reason is part of the error",
  },
  {
    name: "the start: 403",
    documents: one,
    arrange: startAnswers(status(403, "No access to edit")),
    cause: "No access to edit",
    reference: { outcome: "`HTTPError` 403", starts: [0], calls: 1 },
    ours: { outcome: "`START_REFUSED`", starts: [0], calls: 2 },
    verdict: "better",
    reason: "Sigma's reason is part of the error",
  },
  {
    name: "the start: 429",
    documents: one,
    arrange: startAnswers(status(429)),
    reference: { outcome: "`HTTPError` 429", starts: [0], calls: 1 },
    ours: { outcome: "ready", starts: [1], calls: 6 },
    verdict: "better",
    reason: "it is repeated, because Sigma did not accept it",
  },
  {
    name: "the start of one of two sheets: 500",
    documents: two,
    arrange: startAnswers(status(500)),
    reference: { outcome: "`HTTPError` 500", starts: [0, 0], calls: 1 },
    ours: { outcome: "1 `START_UNKNOWN`, 1 ready", starts: [1, 0], calls: 6 },
    verdict: "better",
    reason: "the other sheet is materialized; no start is repeated",
  },
  {
    name: "the connection is closed after a start was accepted",
    documents: one,
    arrange: startAnswers({ kind: "drop" }, { afterEffect: true }),
    reference: { outcome: "`ConnectionError`", starts: [1], calls: 1 },
    ours: { outcome: "`START_UNKNOWN`", starts: [1], calls: 2 },
    verdict: "same",
    reason: "neither repeats the start",
  },
  {
    name: "the same for one of two sheets",
    documents: two,
    arrange: startAnswers({ kind: "drop" }, { afterEffect: true }),
    reference: { outcome: "`ConnectionError`", starts: [1, 0], calls: 1 },
    ours: { outcome: "1 `START_UNKNOWN`, 1 ready", starts: [1, 1], calls: 6 },
    verdict: "better",
    reason: "the other sheet is materialized",
  },
  {
    name: "a status: 404 once",
    documents: one,
    arrange: statusAnswers(status(404)),
    reference: { outcome: "`HTTPError` 404", starts: [1], calls: 2 },
    ours: { outcome: "ready", starts: [1], calls: 6 },
    verdict: "better",
    reason: "the status is requested again",
  },
  {
    name: "a status: 429 once",
    documents: one,
    arrange: statusAnswers(status(429)),
    reference: { outcome: "`HTTPError` 429", starts: [1], calls: 2 },
    ours: { outcome: "ready", starts: [1], calls: 6 },
    verdict: "better",
    reason: "the status is requested again",
  },
  {
    name: "a status: 500 once",
    documents: one,
    arrange: statusAnswers(status(500)),
    reference: { outcome: "`HTTPError` 500", starts: [1], calls: 2 },
    ours: { outcome: "ready", starts: [1], calls: 6 },
    verdict: "better",
    reason: "the status is requested again",
  },
  {
    name: "a status: 401 once",
    documents: one,
    arrange: statusAnswers(status(401)),
    reference: { outcome: "`HTTPError` 401", starts: [1], calls: 2 },
    ours: { outcome: "ready", starts: [1], calls: 6 },
    verdict: "better",
    reason: "a new token is requested",
  },
  {
    name: "a status: the connection is closed once",
    documents: one,
    arrange: statusAnswers({ kind: "drop" }),
    reference: { outcome: "`ConnectionError`", starts: [1], calls: 2 },
    ours: { outcome: "ready", starts: [1], calls: 6 },
    verdict: "better",
    reason: "the status is requested again",
  },
  {
    name: "a status: an HTML page once",
    documents: one,
    arrange: statusAnswers({ kind: "html" }),
    reference: { outcome: "`JSONDecodeError`", starts: [1], calls: 2 },
    ours: { outcome: "ready", starts: [1], calls: 6 },
    verdict: "better",
    reason: "the status is requested again",
  },
  {
    name: "all statuses: 404",
    documents: one,
    arrange: statusAnswers(status(404), { times: Number.POSITIVE_INFINITY }),
    limits: { maxStatusFailureMs: 300_000 },
    reference: { outcome: "`HTTPError` 404", starts: [1], calls: 2 },
    ours: { outcome: "`STATUS_UNAVAILABLE`", starts: [1], calls: null },
    verdict: "same",
    reason: "ours ends after five minutes of failures",
  },
];
