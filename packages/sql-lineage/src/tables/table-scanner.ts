import type { DialectTraits } from "../dialects/dialect-traits.ts";
import type { FromItems } from "./from-items.ts";
import type { SqlToken } from "./lex-sql.ts";
import { comparableName, readSqlName } from "./read-sql-name.ts";
import { createFrame, defineCte, type Frame, isCte } from "./scan-frame.ts";
import {
  beforeTable,
  clauses,
  functionsWithFrom,
  indexHints,
  joinKinds,
  joins,
  setOperations,
  tableSuffixes,
  timeTravel,
} from "./sql-keywords.ts";
import { isDistinctFrom, isFromFirst, isRow, isTableArgument, keywordAt } from "./sql-phrases.ts";

/** A name at the position of a table; it may still turn out to be a column. */
interface Candidate {
  readonly name: readonly string[];
  /** Its first part, in the form in which aliases are compared. */
  readonly first: string;
  readonly position: number;
  readonly items: FromItems;
}

/** Finds table names in one pass over the tokens. It has its own stack, so that nesting depth is not limited. */
export class TableScanner {
  readonly #tokens: readonly SqlToken[];
  readonly #traits: DialectTraits;
  readonly #frames: Frame[] = [];
  readonly #candidates: Candidate[] = [];
  readonly #mentionsMerge: boolean;
  /** The number of open frames per kind of bracket. */
  readonly #openBrackets: Record<string, number> = {};
  /** The index of the token after the current one. */
  #next = 0;

  constructor(tokens: readonly SqlToken[], traits: DialectTraits) {
    this.#tokens = tokens;
    this.#traits = traits;
    this.#mentionsMerge = tokens.some(({ upper }) => upper === "MERGE");
    this.#push(createFrame("", "start", null));
  }

  /** The table names in order of appearance, with repetitions. */
  run(): readonly (readonly string[])[] {
    for (let token = this.#tokens[0]; token !== undefined; token = this.#tokens[this.#next]) {
      this.#next++;
      const frame = this.#frames.at(-1) as Frame;
      if (token.kind === "symbol") this.#symbol(frame, token.text);
      else this.#word(frame, token, keywordAt(this.#tokens, this.#next - 1));
    }
    return this.#candidates.filter((candidate) => !this.#isColumn(candidate)).map(({ name }) => name);
  }

  #word(frame: Frame, token: SqlToken, word: string): void {
    switch (frame.state) {
      case "opened":
        this.#opened(frame, token, word);
        break;
      case "cteEnd":
        frame.state = "start";
        this.#start(frame, word);
        break;
      case "start":
      case "cteHead":
        this.#start(frame, word);
        break;
      case "cteName":
        this.#cteName(frame, token, word);
        break;
      case "table":
        this.#table(frame, token, word);
        break;
      case "afterTable":
        this.#afterTable(frame, token, word);
        break;
      case "values":
        this.#values(frame, token, word);
        break;
      case "lateralView":
        if (word === "SELECT" || this.#endsTable(word)) this.#expression(frame, word);
        break;
      case "pipe":
        this.#pipe(frame, word);
        break;
      case "expression":
        this.#expression(frame, word);
    }
  }

  #symbol(frame: Frame, symbol: string): void {
    switch (symbol) {
      case "(":
        this.#open(frame);
        break;
      case ")":
        this.#close("(");
        break;
      case "]":
        this.#close("[");
        break;
      case "}":
        this.#close("{");
        break;
      case ",":
        if (frame.state === "cteEnd") frame.state = "cteName";
        else if (frame.state === "values" && isRow(this.#tokens[this.#next])) break;
        else if (frame.inFrom && frame.state !== "lateralView") this.#expectTable(frame);
        else if (frame.state === "afterTable") frame.state = "expression";
        break;
      case ";":
        while (this.#frames.length > 0) this.#pop();
        this.#push(createFrame("", "start", null));
        break;
      case "|>":
        frame.state = "pipe";
        frame.inFrom = false;
        break;
      default:
        this.#sign(frame, symbol);
    }
  }

  /** A sign begins an expression; it cannot begin a table name. */
  #sign(frame: Frame, symbol: string): void {
    if (frame.state === "opened") frame.state = "expression";
    else if (frame.state === "table") this.#tableRead(frame, null);
    if (symbol === "[" || symbol === "{") this.#push(createFrame(symbol, "expression", frame));
  }

  #open(frame: Frame): void {
    if (frame.state !== "cteHead") {
      this.#push(createFrame("(", "opened", frame));
      return;
    }
    const before = this.#tokens[this.#next - 2]?.upper;
    const isBody = before === "AS" || before === "MATERIALIZED";
    if (!isBody && keywordAt(this.#tokens, this.#next) !== "SELECT") {
      this.#push(createFrame("(", "expression", frame));
      return;
    }
    const body = createFrame("(", "opened", frame, frame.cteName);
    if (frame.recursive) defineCte(body, frame.cteName);
    this.#push(body);
  }

  #push(frame: Frame): void {
    this.#frames.push(frame);
    this.#openBrackets[frame.open] = (this.#openBrackets[frame.open] ?? 0) + 1;
  }

  #pop(): Frame {
    const frame = this.#frames.pop() as Frame;
    this.#openBrackets[frame.open] = (this.#openBrackets[frame.open] ?? 0) - 1;
    return frame;
  }

  /** Closes the innermost bracket of a kind, together with unclosed brackets inside it. */
  #close(open: string): void {
    if ((this.#openBrackets[open] ?? 0) === 0) return;
    let closed: Frame;
    do closed = this.#pop();
    while (closed.open !== open);
    const frame = this.#frames.at(-1) as Frame;
    if (closed.bodyOf !== null) {
      defineCte(frame, closed.bodyOf);
      frame.state = "cteEnd";
    } else if (frame.state === "table") {
      this.#tableRead(frame, null);
    } else if (frame.state === "opened") {
      frame.inFrom = frame.holdsTables;
      frame.state = frame.holdsTables ? "afterTable" : "expression";
      frame.pendingAlias = "";
    }
  }

  #opened(frame: Frame, token: SqlToken, word: string): void {
    const isFrom = word === "FROM" && !functionsWithFrom.has(this.#tokens[this.#next - 3]?.upper ?? "");
    if (isFrom || word === "SELECT" || word === "WITH" || word === "VALUES" || word === "TABLE") {
      frame.isQuery = true;
      this.#start(frame, word);
    } else if (frame.holdsTables) {
      this.#expectTable(frame);
      this.#table(frame, token, word);
    } else {
      this.#expression(frame, word);
    }
  }

  #start(frame: Frame, word: string): void {
    if (word === "SELECT") {
      frame.state = "expression";
      frame.isQuery = true;
    } else if (word === "VALUES") {
      frame.state = "expression";
    } else if (word === "FROM") {
      this.#expectTable(frame);
    } else if (word === "USING") {
      if (this.#mentionsMerge) frame.state = "table";
    } else if (word === "WITH") {
      frame.state = "cteName";
      frame.recursive = false;
    } else if (word === "TABLE") {
      const before = this.#tokens[this.#next - 2];
      const isRead = before === undefined || before.kind === "symbol" || beforeTable.has(before.upper);
      if (isRead) frame.state = "table";
    }
  }

  #cteName(frame: Frame, token: SqlToken, word: string): void {
    if (word === "RECURSIVE") {
      frame.recursive = true;
    } else if (word === "SELECT") {
      this.#start(frame, word);
    } else {
      frame.cteName = comparableName(token, this.#traits);
      frame.state = "cteHead";
    }
  }

  #table(frame: Frame, token: SqlToken, word: string): void {
    const following = this.#tokens[this.#next];
    const opens = following?.kind === "symbol" && following.text === "(";
    const leadsOn = following?.kind === "word" || following?.kind === "quoted" || opens;
    if (word === "LATERAL") {
      if (following?.upper === "VIEW") frame.state = "lateralView";
    } else if ((word === "ONLY" || word === "STREAM") && leadsOn) {
      // The table comes next.
    } else if (word === "TABLE" && opens) {
      if (!isTableArgument(this.#tokens, this.#next, this.#traits)) this.#tableRead(frame, null);
    } else if (word === "ROWS" && following?.upper === "FROM") {
      this.#next++;
      this.#tableRead(frame, null);
    } else if (word === "UNPIVOT") {
      this.#next = readSqlName(this.#tokens, this.#next, this.#traits).next;
      this.#tableRead(frame, null);
    } else if (word === "VALUES" && isRow(following)) {
      frame.state = "values";
    } else if (word === "SELECT") {
      this.#start(frame, word);
    } else if (clauses.has(word)) {
      this.#expression(frame, word);
    } else if (token.kind === "text" || token.kind === "variable") {
      this.#tableRead(frame, null);
    } else {
      this.#readTable(frame, this.#next - 1);
    }
  }

  #values(frame: Frame, token: SqlToken, word: string): void {
    if (isRow(token)) return;
    this.#tableRead(frame, null);
    this.#afterTable(frame, token, word);
  }

  #afterTable(frame: Frame, token: SqlToken, word: string): void {
    const following = this.#tokens[this.#next];
    if (word === "AS") {
      this.#next++;
      if (following !== undefined) this.#giveAlias(frame, following);
    } else if (word === "LATERAL") {
      frame.state = following?.upper === "VIEW" ? "lateralView" : "table";
    } else if (word === "USING") {
      frame.state = following?.text === "(" ? "expression" : "table";
    } else if (word === "WITH") {
      if (following?.upper === "OFFSET" || following?.upper === "ORDINALITY") this.#next++;
      frame.pendingAlias ??= "";
    } else if (word === "FOR" && timeTravel.has(following?.upper ?? "")) {
      frame.state = "expression";
    } else if (word === "FOR" && indexHints.has(following?.upper ?? "")) {
      this.#next++;
    } else if (tableSuffixes.has(word)) {
      frame.pendingAlias ??= "";
    } else if (word === "ON" || word === "FOR" || word === "SELECT" || this.#endsTable(word)) {
      this.#expression(frame, word);
    } else if (!joinKinds.has(word) && token.kind !== "text") {
      this.#giveAlias(frame, token);
    }
  }

  #endsTable(word: string): boolean {
    return joins.has(word) || setOperations.has(word) || clauses.has(word);
  }

  #expression(frame: Frame, word: string): void {
    const isEndOfTable = frame.state === "afterTable" || frame.state === "lateralView";
    frame.state = "expression";
    if (word === "FROM") {
      if (
        frame.isQuery &&
        !isDistinctFrom(this.#tokens, this.#next - 1) &&
        !isFromFirst(this.#tokens, this.#next)
      )
        this.#expectTable(frame);
    } else if (joins.has(word)) {
      if (frame.inFrom) this.#expectTable(frame);
    } else if (setOperations.has(word)) {
      if (isEndOfTable || this.#isSetOperation(frame)) this.#setOperation(frame);
    } else if (word === "SELECT") {
      frame.isQuery = true;
      frame.inFrom = false;
    } else if (word === "INTO" && frame.isQuery && !frame.inFrom) {
      this.#next = readSqlName(this.#tokens, this.#next, this.#traits).next;
    } else if (word === "LATERAL" && frame.inFrom) {
      frame.state = "lateralView";
    } else if (word === "TABLE") {
      const before = this.#tokens[this.#next - 2]?.text;
      if (before === "," || before === ">") this.#readTable(frame, this.#next);
    } else if (clauses.has(word)) {
      frame.inFrom = false;
    }
  }

  /** False for the EXCEPT of `select * except (a)` and for a column called `minus`. */
  #isSetOperation(frame: Frame): boolean {
    const before = this.#tokens[this.#next - 2];
    return before?.text !== "*" && (frame.isQuery || before?.text === ")");
  }

  #setOperation(frame: Frame): void {
    frame.state = "start";
    frame.inFrom = false;
    frame.items = frame.items.next();
    if (frame.bodyOf !== null && this.#traits.impliesRecursive) {
      defineCte(frame, frame.bodyOf);
    }
  }

  #pipe(frame: Frame, word: string): void {
    if (joins.has(word)) this.#expectTable(frame);
    else if (setOperations.has(word)) this.#setOperation(frame);
    else if (!joinKinds.has(word)) frame.state = "expression";
  }

  #expectTable(frame: Frame): void {
    frame.state = "table";
    frame.inFrom = true;
    frame.isQuery = true;
  }

  /** Reads the name that begins at a token. It is a table unless a CTE has that name. */
  #readTable(frame: Frame, at: number): void {
    const { parts, next } = readSqlName(this.#tokens, at, this.#traits);
    const token = this.#tokens[at];
    this.#next = Math.max(next, this.#next);
    const isFunction = this.#tokens[next]?.kind === "symbol" && this.#tokens[next]?.text === "(";
    if (token === undefined || parts.length === 0 || isFunction) {
      this.#tableRead(frame, null);
      return;
    }
    const first = comparableName(token, this.#traits);
    if (parts.length > 1 || !isCte(frame.ctes, first)) {
      this.#candidates.push({ name: parts, first, position: at, items: frame.items });
    }
    const last = parts.at(-1) ?? "";
    this.#tableRead(frame, parts.length === 1 ? first : last.toLowerCase());
    if (frame.pendingAlias !== null) frame.items.give(frame.pendingAlias, at);
  }

  /** @param alias implicit alias (the table's own name) */
  #tableRead(frame: Frame, alias: string | null): void {
    frame.state = "afterTable";
    frame.pendingAlias = alias ?? "";
  }

  #giveAlias(frame: Frame, token: SqlToken): void {
    if (frame.pendingAlias === null) return;
    frame.items.take(frame.pendingAlias);
    frame.items.give(comparableName(token, this.#traits), this.#next);
    frame.pendingAlias = null;
  }

  #isColumn({ name, first, position, items }: Candidate): boolean {
    return this.#traits.columnsInFrom && name.length > 1 && items.has(first, position);
  }
}
