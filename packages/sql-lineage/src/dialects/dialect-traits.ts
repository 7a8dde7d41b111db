import type { SqlDialect } from "./sql-dialect.ts";

/** Differences between dialects that matter for finding table names. */
export interface DialectTraits {
  /** `"x"` is a string literal, not a name. */
  readonly doubleQuotesText: boolean;
  /** A backslash in a string literal escapes the next character. */
  readonly backslashEscapes: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `//` begins a comment. */
  readonly slashComments: boolean;
  /** Block comments nest. */
  readonly nestedComments: boolean;
  /** `$$ … $$` is a string literal. */
  readonly dollarQuotes: boolean;
  /** `'''…'''` and `"""…"""` are string literals. */
  readonly tripleQuotes: boolean;
  /** `my-project.dataset.table` needs no quotes. */
  readonly dashedNames: boolean;
  /** `` `project.dataset.table` `` has three parts. */
  readonly splitsBackticks: boolean;
  /** `[name]` is a name. */
  readonly bracketNames: boolean;
  /** `from orders o, o.lines` reads a column of `orders`. */
  readonly columnsInFrom: boolean;
  /** A CTE may read itself without `recursive`. */
  readonly impliesRecursive: boolean;
  /** The case in which unquoted names are compared. `fold`: all names are case-insensitive, even quoted ones. */
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
