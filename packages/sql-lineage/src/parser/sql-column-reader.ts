import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { SqlRelation } from "../columns/sql-relation.ts";
import type { SqlDialect } from "../dialects/sql-dialect.ts";
import type { ParserAnswer, ParserQuestion } from "./parser-worker.ts";

/** Options of a {@link SqlColumnReader}. */
export interface SqlColumnReaderOptions {
  /** Time limit for a batch, and for each of its statements when the batch fails, in ms (default: 2,000). */
  readonly timeLimitMs?: number;
  /** Minimum interval between batches sent to the worker, in ms (default: 50; 0 for none). */
  readonly collectMs?: number;
  /** Whether relations have an `outline` (default: false). */
  readonly outlines?: boolean;
}

interface WaitingStatement extends ParserQuestion {
  readonly answer: (relation: SqlRelation | null) => void;
}

/** Longer statements are not read, in characters. */
const maxLength = 1_000_000;
/** Maximum number of statements in a batch. */
const maxTogether = 64;
/** This many waiting statements are sent immediately: their callers may all depend on the results. */
const enoughTogether = 6;

/** The sources start the source of the worker, and built code starts the built worker. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "./parser-worker.ts" : "./parser-worker.js",
  import.meta.url,
);

/**
 * Reads the output columns of SQL queries and the table columns that they are computed from. The parser runs in a worker
 * thread, which `close` ends. If a statement exceeds the time limit or breaks the parser, the worker is replaced and the result for
 * that statement is null. Without the optional `@guanmingchiu/sqlparser-ts`, every result is null.
 */
export class SqlColumnReader {
  readonly #timeLimitMs: number;
  readonly #collectMs: number;
  readonly #hasOutlines: boolean;
  readonly #waiting: WaitingStatement[] = [];
  #worker: Worker | null = null;
  #isUnavailable = false;
  /** The next batch is sent at this time, or earlier when enough statements are waiting. */
  #nextAtMs = 0;
  /** Aborted when enough statements are waiting. */
  #collected: AbortController | null = null;
  #reading: Promise<void> | null = null;

  constructor(options: SqlColumnReaderOptions = {}) {
    this.#timeLimitMs = options.timeLimitMs ?? 2_000;
    this.#collectMs = options.collectMs ?? 50;
    this.#hasOutlines = options.outlines ?? false;
  }

  /** Reads one statement. Returns null if it cannot be read, like `readColumns`; never rejects. */
  read(sql: string, dialect: SqlDialect): Promise<SqlRelation | null> {
    if (this.#isUnavailable || sql.length > maxLength) return Promise.resolve(null);
    return new Promise((answer) => {
      this.#waiting.push({ sql, dialect, hasOutline: this.#hasOutlines, answer });
      if (this.#waiting.length >= enoughTogether) this.#collected?.abort();
      this.#reading ??= this.#readWaiting();
    });
  }

  /** Terminates the worker immediately; the results of pending statements are null. */
  async close(): Promise<void> {
    this.#isUnavailable = true;
    this.#collected?.abort();
    await this.#discard();
    await this.#reading;
  }

  async #readWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#collect();
      const together = this.#waiting.splice(0, maxTogether);
      const relations = await this.#readTogether(together);
      this.#nextAtMs = performance.now() + this.#collectMs;
      for (const [index, { answer }] of together.entries()) answer(relations[index] ?? null);
    }
    this.#reading = null;
  }

  async #collect(): Promise<void> {
    const waitMs = this.#nextAtMs - performance.now();
    if (waitMs <= 0 || this.#waiting.length >= enoughTogether) return;
    this.#collected = new AbortController();
    await sleep(waitMs, undefined, { signal: this.#collected.signal }).catch(() => undefined);
    this.#collected = null;
  }

  /** When the batch fails, each of its statements is read alone, so that one failing statement does not affect the others. */
  async #readTogether(questions: readonly ParserQuestion[]): Promise<readonly (SqlRelation | null)[]> {
    const relations = await this.#ask(questions);
    if (relations !== null) return relations;
    if (questions.length < 2) return [null];
    const alone: (SqlRelation | null)[] = [];
    for (const question of questions) alone.push((await this.#readTogether([question]))[0] ?? null);
    return alone;
  }

  /** Null when the worker broke or exceeded the time limit, and was ended. */
  async #ask(questions: readonly ParserQuestion[]): Promise<ParserAnswer["relations"] | null> {
    if (this.#worker === null && !this.#isUnavailable) {
      const worker = await startWorker();
      if (this.#isUnavailable) await worker?.terminate();
      else this.#worker = worker;
      this.#isUnavailable ||= worker === null;
    }
    if (this.#worker === null) return [];
    this.#worker.postMessage(questions.map(({ sql, dialect, hasOutline }) => ({ sql, dialect, hasOutline })));
    const text = await nextMessage(this.#worker, this.#timeLimitMs);
    const answer = text === null ? null : (JSON.parse(text) as ParserAnswer);
    if (answer !== null && !answer.isBroken) return answer.relations;
    await this.#discard();
    return null;
  }

  async #discard(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

/** Loading the parser can take this long on a busy machine, in ms. */
const startLimitMs = 20_000;

/** A worker that has loaded the parser. Null when it cannot load it. */
async function startWorker(): Promise<Worker | null> {
  const worker = new Worker(workerFile, { stdout: true, stderr: true, ...workerOptions() });
  // Only a pending question keeps the process running.
  worker.unref();
  // An error ends the worker, and `exit` reports that. Without a listener the error would end the process.
  worker.on("error", () => {});
  const isReady = await nextMessage(worker, startLimitMs);
  if (isReady !== null) return worker;
  await worker.terminate();
  return null;
}

/** Workers inherit Node's options; with `--input-type` (from `node --eval`), a worker that runs a file fails. */
function workerOptions(): { readonly execArgv?: string[] } {
  const isInline = process.execArgv.some((option) => option.startsWith("--input-type"));
  return isInline ? { execArgv: [] } : {};
}

/** Null when the worker ends first or the time limit is reached. */
function nextMessage(worker: Worker, limitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const finish = (message: string | null): void => {
      clearTimeout(timer);
      worker.off("message", finish).off("exit", fail);
      resolve(message);
    };
    const fail = (): void => finish(null);
    const timer = setTimeout(fail, limitMs);
    worker.once("message", finish).once("exit", fail);
  });
}
