/** A load in progress. */
export interface RunningLoad {
  /** Resolves when the load has ended; `isStalled` if it was ended because it showed no activity. Never rejects. */
  readonly ended: Promise<{ readonly isStalled: boolean }>;
  /** Ends the load immediately. */
  cancel(): void;
}

export interface ReloadPolicyOptions<Overrides> {
  /** @param overrides options to override for this load */
  readonly start: (overrides: Partial<Overrides>) => RunningLoad;
  /** Called when no load is running and none is requested; a retry may be pending. */
  readonly onIdle?: () => void;
  /** Delay before a stalled load is retried, in ms; the first attempt is 1. */
  readonly retryPauseMs?: (attempt: number) => number;
}

interface Round<Overrides> {
  readonly overrides: Partial<Overrides>;
  /** Resolvers of callers that wait for this load. */
  readonly waiting: readonly (() => void)[];
}

/** 10 s, 20 s, 40 s …, at most 10 minutes. */
export function defaultRetryPauseMs(attempt: number): number {
  return Math.min(10_000 * 2 ** (attempt - 1), 600_000);
}

/**
 * Decides when definitions are loaded; at most one load runs at a time.
 *
 * - Requests made during a load are merged into one load that follows it.
 * - An edit ends the running load, or the delay before a retry, and starts a load immediately. The new load also does
 * what was requested of the ended one, such as a refresh.
 * - A stalled load is retried after a delay that doubles; a request or an edit during the delay starts it
 * immediately.
 *
 * `docs/reference/reloads.md` has the same as a table.
 */
export class ReloadPolicy<Overrides extends object> {
  readonly #options: ReloadPolicyOptions<Overrides>;
  #running: (Round<Overrides> & { readonly load: RunningLoad; isCancelled: boolean }) | null = null;
  #next: Round<Overrides> | null = null;
  #retry: { readonly timer: NodeJS.Timeout; readonly overrides: Partial<Overrides> } | null = null;
  #attempts = 0;
  #isClosed = false;

  constructor(options: ReloadPolicyOptions<Overrides>) {
    this.#options = options;
  }

  get isLoading(): boolean {
    return this.#running !== null;
  }

  /** Resolves when a load that began after this call has ended. */
  request(overrides: Partial<Overrides> = {}): Promise<void> {
    return this.#want(overrides);
  }

  /** The files of the definitions have changed. Resolves like `request`. */
  edited(): Promise<void> {
    this.#attempts = 0;
    const running = this.#running;
    if (running !== null && !running.isCancelled) {
      running.isCancelled = true;
      const { overrides, waiting } = this.#next ?? { overrides: {}, waiting: [] };
      this.#next = {
        overrides: { ...running.overrides, ...overrides },
        waiting: [...running.waiting, ...waiting],
      };
    }
    const done = this.#want({});
    running?.load.cancel();
    return done;
  }

  /** Ends the running load; no further loads are started. */
  close(): void {
    this.#isClosed = true;
    this.#endRetry();
    this.#running?.load.cancel();
    const waiting = [...(this.#running?.waiting ?? []), ...(this.#next?.waiting ?? [])];
    this.#next = null;
    for (const resolve of waiting) resolve();
  }

  #want(overrides: Partial<Overrides>): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const retried = this.#endRetry();
      const { overrides: asked, waiting } = this.#next ?? { overrides: retried, waiting: [] };
      this.#next = { overrides: { ...asked, ...overrides }, waiting: [...waiting, resolve] };
      if (this.#running === null) void this.#loadAll();
    });
  }

  async #loadAll(): Promise<void> {
    for (let round = this.#takeNext(); round !== null; round = this.#takeNext()) {
      const load = this.#options.start(round.overrides);
      const running = { ...round, load, isCancelled: false };
      this.#running = running;
      const { isStalled } = await load.ended;
      this.#running = null;
      if (running.isCancelled) continue;
      for (const resolve of round.waiting) resolve();
      this.#attempts = isStalled ? this.#attempts + 1 : 0;
      if (isStalled && this.#next === null) this.#retryLater(round.overrides);
    }
    this.#options.onIdle?.();
  }

  #takeNext(): Round<Overrides> | null {
    const next = this.#isClosed ? null : this.#next;
    this.#next = null;
    return next;
  }

  #retryLater(overrides: Partial<Overrides>): void {
    if (this.#isClosed) return;
    const pauseMs = (this.#options.retryPauseMs ?? defaultRetryPauseMs)(this.#attempts);
    const timer = setTimeout(() => void this.#want({}), pauseMs);
    this.#retry = { timer, overrides };
  }

  /** Options of the pending retry; empty if there is none. */
  #endRetry(): Partial<Overrides> {
    clearTimeout(this.#retry?.timer);
    const { overrides } = this.#retry ?? { overrides: {} };
    this.#retry = null;
    return overrides;
  }
}
