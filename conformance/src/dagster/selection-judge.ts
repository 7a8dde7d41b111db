import { PythonLines } from "../python/python-lines.ts";

/** An asset of a graph on which selections are evaluated. */
export interface JudgedAsset {
  readonly key: readonly string[];
  readonly deps: readonly (readonly string[])[];
  readonly group: string | null;
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly kinds: readonly string[];
  /** Whether it is external, so that Dagster cannot materialize it. */
  readonly external: boolean;
}

/** Dagster's result for a selection; `selected` is null if Dagster parses it but cannot evaluate it in user code. */
export type JudgedSelection =
  | { readonly refused: string }
  | { readonly selected: readonly (readonly string[])[] | null };

/** The real `AssetSelection.from_string`, in a Python process. */
export class SelectionJudge {
  readonly #lines: PythonLines<object, readonly JudgedSelection[]>;

  /** @param python interpreter of the environment `dagster-webserver` */
  constructor(python: string) {
    this.#lines = new PythonLines(python, "selection_judge.py");
  }

  /** @param includeSources whether attributes, `*` and `not` include external assets */
  judge(
    assets: readonly JudgedAsset[],
    selections: readonly string[],
    options: { readonly includeSources: boolean },
  ): Promise<readonly JudgedSelection[]> {
    return this.#lines.ask({ assets, selections, ...options });
  }

  close(): Promise<void> {
    return this.#lines.close();
  }
}
