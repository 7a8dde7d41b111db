/** A load that was started. */
export interface RunningLoad {
  /** Whether it was ended for showing no sign of life; resolves when the load has ended. Never rejects. */
  readonly ended: Promise<{ readonly isStalled: boolean }>;
  /** Ends it at once. */
  cancel(): void;
}

export interface ReloadPolicyOptions<Overrides> {
  /** @param overrides options that differ for this load */
  readonly start: (overrides: Partial<Overrides>) => RunningLoad;
  /** Called when nothing is loaded and nothing waits but a retry. */
  readonly onIdle?: () => void;
  /** How long to wait before a stalled load is tried again, in ms; the first attempt is 1. */
  readonly retryPauseMs?: (attempt: number) => number;
}

interface Round<Overrides> {
  readonly overrides: Partial<Overrides>;
  /** Callers who wait for the end of this load. */
  readonly waiting: readonly (() => void)[];
}

/** 10 s, 20 s, 40 s …, at most 10 minutes. */
export function defaultRetryPauseMs(attempt: number): number {
  return Math.min(10_000 * 2 ** (attempt - 1), 600_000);
}

/**
 * Decides when definitions are loaded; at most one load runs at a time.
 *
 * - A request during a load is remembered; all such requests together become one load after it.
 * - An edit ends the load that runs, or the pause before a retry, and starts a load at once. What was requested of the ended
 *   load, such as a refresh, is done by the new one.
 * - A stalled load is tried again after a pause that doubles; a request or an edit during the pause starts it at once.
 *
 * `docs/reference/reloads.md` is the same as a table.
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

  /** Resolves when a load that began after the call has ended. */
  request(overrides: Partial<Overrides> = {}): Promise<void> {
    return this.#want(overrides);
  }

  /** The files that definitions are made of have changed. Resolves like `request`. */
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

  /** Ends what runs; nothing is loaded any more. */
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

  /** The options with which the load was to be tried again; none where it was not. */
  #endRetry(): Partial<Overrides> {
    clearTimeout(this.#retry?.timer);
    const { overrides } = this.#retry ?? { overrides: {} };
    this.#retry = null;
    return overrides;
  }
}
