import { Worker } from "node:worker_threads";
import type { SqlDialect } from "../sql/sql-dialect.ts";
import type { SqlRelation } from "../sql-columns/sql-relation.ts";
import type { ParserAnswer, ParserQuestion } from "./parser-worker.ts";

export interface SqlColumnReaderOptions {
  /** How long one statement may take before its worker is given up, in ms; 2,000 when left out. */
  readonly timeLimitMs?: number;
}

/** Longer statements are not read. */
const maxLength = 1_000_000;

/** Built code only: Node runs no TypeScript in a worker. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/sql-worker/parser-worker.js" : "./parser-worker.js",
  import.meta.url,
);

/**
 * Reads which columns of tables the columns of SQL come from. The parser runs in a worker thread: one that hangs, or
 * whose memory a statement broke, is replaced, and the statement has no answer. Where the parser is not installed
 * (`@guanmingchiu/sqlparser-ts` is optional), no statement has.
 */
export class SqlColumnReader {
  readonly #timeLimitMs: number;
  #worker: Worker | null = null;
  #isUnavailable = false;
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(options: SqlColumnReaderOptions = {}) {
    this.#timeLimitMs = options.timeLimitMs ?? 2_000;
  }

  /** Null for what cannot be read. Statements are read one after another. */
  read(sql: string, dialect: SqlDialect): Promise<SqlRelation | null> {
    const answer = this.#last.then(() => this.#read(sql, dialect));
    this.#last = answer;
    return answer;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#discard();
  }

  async #read(sql: string, dialect: SqlDialect): Promise<SqlRelation | null> {
    if (this.#isUnavailable || sql.length > maxLength) return null;
    if (this.#worker === null) {
      this.#worker = await startWorker();
      this.#isUnavailable = this.#worker === null;
    }
    if (this.#worker === null) return null;
    const question: ParserQuestion = { id: ++this.#count, sql, dialect };
    this.#worker.postMessage(question);
    const answer = await nextMessage<ParserAnswer>(this.#worker, this.#timeLimitMs);
    if (answer === null || answer.isBroken) await this.#discard();
    return answer?.relation ?? null;
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
  const isReady = await nextMessage<string>(worker, startLimitMs);
  if (isReady !== null) return worker;
  await worker.terminate();
  return null;
}

/** Null when the worker ends first, or the time is over. */
function nextMessage<Message>(worker: Worker, limitMs: number): Promise<Message | null> {
  return new Promise((resolve) => {
    const finish = (message: Message | null): void => {
      clearTimeout(timer);
      worker.off("message", finish).off("exit", fail);
      resolve(message);
    };
    const fail = (): void => finish(null);
    const timer = setTimeout(fail, limitMs);
    worker.once("message", finish).once("exit", fail);
  });
}
