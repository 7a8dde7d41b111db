import { PythonLines } from "../python/python-lines.ts";

/** Dagster's JSON of a condition, or why it cannot be built. */
export type SerializedCondition = { readonly json: string } | { readonly refused: string };

/** An asset of a graph on which a condition is evaluated. */
export interface EvaluatedAsset {
  readonly key: readonly string[];
  readonly deps: readonly (readonly string[])[];
  /** Whether Dagster cannot materialize it. */
  readonly external: boolean;
  readonly virtual: boolean;
  /** Whether it is an automatically created stub. */
  readonly stub: boolean;
  /** The JSON of its condition; null for none. */
  readonly condition: string | null;
}

/** What happens before an evaluation. */
export interface Tick {
  /** The assets that are materialized, or reported as materialized. */
  readonly materialized: readonly (readonly string[])[];
  /** The assets that are observed with a new data version. */
  readonly observed: readonly (readonly string[])[];
  /** Minutes since the evaluation before. */
  readonly minutes: number;
}

/** The real AutomationCondition, in a Python process. */
export class AutomationJudge {
  readonly #lines: PythonLines<object, unknown>;

  /** @param python interpreter of an environment with dagster */
  constructor(python: string) {
    this.#lines = new PythonLines(python, "automation_judge.py");
  }

  /** @param expressions Python text; `AC` is AutomationCondition, `S` is AssetSelection, `Key` is AssetKey */
  serialize(expressions: readonly string[]): Promise<readonly SerializedCondition[]> {
    return this.#ask({ expressions });
  }

  /** The names of the functions of AutomationCondition. */
  constructors(): Promise<readonly string[]> {
    return this.#ask({ constructors: true });
  }

  /** Whether each cron schedule is valid. */
  acceptsSchedules(schedules: readonly string[]): Promise<readonly boolean[]> {
    return this.#ask({ schedules });
  }

  /** The keys that each evaluation requests; these assets are then materialized. */
  evaluate(
    assets: readonly EvaluatedAsset[],
    ticks: readonly Tick[],
  ): Promise<readonly (readonly (readonly string[])[])[]> {
    return this.#ask({ assets, ticks });
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  async #ask<Answer>(question: object): Promise<Answer> {
    return (await this.#lines.ask(question)) as Answer;
  }
}
