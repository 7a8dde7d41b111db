import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { SqlDialect } from "../sql/sql-dialect.ts";
import type { SqlRelation } from "../sql-columns/sql-relation.ts";
import type { ParserAnswer, ParserQuestion } from "./parser-worker.ts";

export interface SqlColumnReaderOptions {
  /** How long one statement may take before its worker is given up, in ms; 2,000 when left out. */
  readonly timeLimitMs?: number;
  /** The worker is sent what is waiting at most so often, in ms; 50 when left out. */
  readonly collectMs?: number;
}

interface WaitingStatement extends ParserQuestion {
  readonly answer: (relation: SqlRelation | null) => void;
}

/** Longer statements are not read. */
const maxLength = 1_000_000;
const maxTogether = 64;
/** So many are not kept waiting: more may be what holds everything up. */
const enoughTogether = 6;

/** Source next to source, built code next to built code. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "./parser-worker.ts" : "./parser-worker.js",
  import.meta.url,
);

/**
 * Reads which columns of tables the columns of SQL come from. The parser runs in a worker thread: one that hangs, or
 * whose memory a statement broke, is replaced, and the statement has no answer. Where the parser is not installed
 * (`@guanmingchiu/sqlparser-ts` is optional), no statement has.
 */
export class SqlColumnReader {
  readonly #timeLimitMs: number;
  readonly #collectMs: number;
  readonly #waiting: WaitingStatement[] = [];
  #worker: Worker | null = null;
  #isUnavailable = false;
  /** Those who come before it are read together. */
  #nextAtMs = 0;
  /** Aborted when enough are waiting. */
  #collected: AbortController | null = null;
  #reading: Promise<void> | null = null;

  constructor(options: SqlColumnReaderOptions = {}) {
    this.#timeLimitMs = options.timeLimitMs ?? 2_000;
    this.#collectMs = options.collectMs ?? 50;
  }

  /** Null for what cannot be read. */
  read(sql: string, dialect: SqlDialect): Promise<SqlRelation | null> {
    if (this.#isUnavailable || sql.length > maxLength) return Promise.resolve(null);
    return new Promise((answer) => {
      this.#waiting.push({ sql, dialect, answer });
      if (this.#waiting.length >= enoughTogether) this.#collected?.abort();
      this.#reading ??= this.#readWaiting();
    });
  }

  /** At once: what still waits has no answer. */
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

  /** Where one of them hangs or breaks the parser, each is read alone, so that it costs the others nothing. */
  async #readTogether(questions: readonly ParserQuestion[]): Promise<readonly (SqlRelation | null)[]> {
    const relations = await this.#ask(questions);
    if (relations !== null) return relations;
    if (questions.length < 2) return [null];
    const alone: (SqlRelation | null)[] = [];
    for (const question of questions) alone.push((await this.#readTogether([question]))[0] ?? null);
    return alone;
  }

  /** Null where the worker had to be given up. */
  async #ask(questions: readonly ParserQuestion[]): Promise<ParserAnswer["relations"] | null> {
    if (this.#worker === null && !this.#isUnavailable) {
      const worker = await startWorker();
      if (this.#isUnavailable) await worker?.terminate();
      else this.#worker = worker;
      this.#isUnavailable ||= worker === null;
    }
    if (this.#worker === null) return [];
    this.#worker.postMessage(questions.map(({ sql, dialect }) => ({ sql, dialect })));
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

/** Loading the parser may take this long on a busy machine. */
const startLimitMs = 20_000;

/** A worker that has loaded the parser; null where it cannot. */
async function startWorker(): Promise<Worker | null> {
  const worker = new Worker(workerFile, { stdout: true, stderr: true });
  // Only a question that waits keeps the process running.
  worker.unref();
  // An error ends the worker, which is noticed; without a listener it would end the process.
  worker.on("error", () => {});
  const isReady = await nextMessage(worker, startLimitMs);
  if (isReady !== null) return worker;
  await worker.terminate();
  return null;
}

/** Null when the worker ends first, or the time is over. */
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
