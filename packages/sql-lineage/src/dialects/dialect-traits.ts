import type { SqlDialect } from "./sql-dialect.ts";

/** How a dialect differs in what matters for finding names. */
export interface DialectTraits {
  /** `"x"` is text, not a name. */
  readonly doubleQuotesText: boolean;
  /** A backslash within quotes escapes what follows. */
  readonly backslashEscapes: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `//` begins a comment. */
  readonly slashComments: boolean;
  /** `/*` within a comment begins another one. */
  readonly nestedComments: boolean;
  /** `$$ … $$` is text. */
  readonly dollarQuotes: boolean;
  /** `'''…'''` and `"""…"""` are text. */
  readonly tripleQuotes: boolean;
  /** `my-project.dataset.table` needs no quotes. */
  readonly dashedNames: boolean;
  /** `` `project.dataset.table` `` is three parts. */
  readonly splitsBackticks: boolean;
  /** `[name]` is a name. */
  readonly bracketNames: boolean;
  /** `from orders o, o.lines` reads a column of `orders`. */
  readonly columnsInFrom: boolean;
  /** A CTE may read itself without `recursive`. */
  readonly impliesRecursive: boolean;
  /** How names that are not quoted are compared; `fold`: without regard to case, quoted ones too. */
  readonly unquotedCase: "upper" | "lower" | "fold";
}

const traits: Omit<DialectTraits, "unquotedCase"> = {
  doubleQuotesText: false,
  backslashEscapes: false,
  hashComments: false,
  slashComments: false,
  nestedComments: false,
  dollarQuotes: false,
  tripleQuotes: false,
  dashedNames: false,
  splitsBackticks: false,
  bracketNames: false,
  columnsInFrom: false,
  impliesRecursive: false,
};

export const dialectTraits: Readonly<Record<SqlDialect, DialectTraits>> = {
  snowflake: {
    ...traits,
    backslashEscapes: true,
    slashComments: true,
    dollarQuotes: true,
    impliesRecursive: true,
    unquotedCase: "upper",
  },
  bigquery: {
    ...traits,
    doubleQuotesText: true,
    backslashEscapes: true,
    hashComments: true,
    tripleQuotes: true,
    dashedNames: true,
    splitsBackticks: true,
    columnsInFrom: true,
    unquotedCase: "fold",
  },
  databricks: {
    ...traits,
    doubleQuotesText: true,
    backslashEscapes: true,
    nestedComments: true,
    unquotedCase: "fold",
  },
  redshift: {
    ...traits,
    backslashEscapes: true,
    nestedComments: true,
    dollarQuotes: true,
    columnsInFrom: true,
    unquotedCase: "fold",
  },
  postgres: { ...traits, nestedComments: true, dollarQuotes: true, unquotedCase: "lower" },
  mysql: {
    ...traits,
    doubleQuotesText: true,
    backslashEscapes: true,
    hashComments: true,
    unquotedCase: "fold",
  },
  generic: {
    ...traits,
    dollarQuotes: true,
    splitsBackticks: true,
    bracketNames: true,
    impliesRecursive: true,
    unquotedCase: "fold",
  },
};
