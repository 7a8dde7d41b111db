import type { SqlDialect } from "../dialects/sql-dialect.ts";
import { ColumnScope, type ScopeSource } from "./column-scope.ts";
import {
  findOutlineColumn,
  outlineColumn,
  type SqlOutline,
  type SqlOutlineColumn,
  selectAll,
  type WildcardOptions,
} from "./sql-outline.ts";
import {
  distinctColumns,
  emptyRelation,
  findColumn,
  isSameName,
  renameColumns,
  type SqlOutput,
  type SqlRelation,
  type SqlTableColumn,
  uniteRelations,
} from "./sql-relation.ts";
import { child, children, identifierOf, nameParts, nodeOf, nodesOf, type SyntaxNode } from "./syntax-node.ts";

/** CTEs by lower-case name. */
type Ctes = ReadonlyMap<string, SqlRelation>;

interface Around {
  readonly ctes: Ctes;
  readonly scope: ColumnScope | null;
}

/**
 * Resolves each output column of a statement to the table columns that it is computed from. Null for a statement that is
 * not a query.
 *
 * @param statement one statement of the parser's syntax tree
 */
export function resolveColumns(
  statement: unknown,
  dialect: SqlDialect,
  hasOutline = false,
): SqlRelation | null {
  const query = child(nodeOf(statement), "Query");
  return query === null
    ? null
    : new QueryResolver(dialect, hasOutline).query(query, { ctes: new Map(), scope: null });
}

class QueryResolver {
  readonly #dialect: SqlDialect;
  /** CTEs that a query has read. */
  readonly #isRead = new WeakSet<SqlRelation>();

  readonly #hasOutline: boolean;

  constructor(dialect: SqlDialect, hasOutline: boolean) {
    this.#dialect = dialect;
    this.#hasOutline = hasOutline;
  }

  query(query: SyntaxNode, around: Around): SqlRelation {
    const ctes = new Map(around.ctes);
    for (const cte of children(child(query, "with"), "cte_tables")) {
      const alias = child(cte, "alias");
      const name = identifierOf(alias?.["name"])?.text.toLowerCase();
      const body = child(cte, "query");
      if (name === undefined || body === null) continue;
      const read = (itself: SqlRelation): SqlRelation =>
        renameColumns(
          this.query(body, { ...around, ctes: new Map([...ctes, [name, itself]]) }),
          columnNames(alias),
        );
      // A recursive CTE is resolved twice; the second pass uses the result of the first.
      const itself = { ...emptyRelation };
      const once = read(ctes.get(name) ?? itself);
      ctes.set(name, this.#isRead.has(itself) ? read(once) : once);
    }
    return this.#body(child(query, "body"), { ...around, ctes });
  }

  #body(body: SyntaxNode | null, around: Around): SqlRelation {
    const select = child(body, "Select");
    if (select !== null) return this.#select(select, around);
    const query = child(body, "Query");
    if (query !== null) return this.query(query, around);
    const operation = child(body, "SetOperation");
    if (operation !== null) {
      const left = this.#body(child(operation, "left"), around);
      // `except` and `intersect` return rows of the left side only.
      if (operation["op"] !== "Union") return left;
      return uniteRelations(left, this.#body(child(operation, "right"), around));
    }
    const [row] = children(child(body, "Values"), "rows");
    const cells = nodesOf(row?.["content"] ?? row);
    return { ...emptyRelation, columns: cells.map((_, index) => ({ name: `column${index + 1}`, from: [] })) };
  }

  #select(select: SyntaxNode, around: Around): SqlRelation {
    const sources: ScopeSource[] = [];
    const merged: string[] = [];
    const scope = (): ColumnScope => new ColumnScope(sources, { merged, around: around.scope });
    for (const item of children(select, "from")) {
      const joins = children(item, "joins");
      for (const { relation } of [item, ...joins] as readonly { readonly relation?: unknown }[])
        sources.push(...this.#factor(nodeOf(relation), { ...around, scope: scope() }));
      merged.push(...joins.flatMap(usingNames));
    }
    for (const view of children(select, "lateral_views")) {
      const from = this.#columnsIn(view["lateral_view"], { ...around, scope: scope() });
      const columns = nodesOf(view["lateral_col_alias"]).map((name) => ({
        name: identifierOf(name)?.text ?? null,
        from,
      }));
      sources.push({ alias: lastName(view["lateral_view_name"]), relation: { ...emptyRelation, columns } });
    }
    return this.#projection(children(select, "projection"), { ...around, scope: scope() });
  }

  #projection(items: readonly SyntaxNode[], around: Around & { readonly scope: ColumnScope }): SqlRelation {
    const columns: SqlOutput[] = [];
    const open: SqlRelation[] = [];
    let outline: SqlOutline | undefined = this.#hasOutline ? [] : undefined;
    for (const item of items) {
      const named = child(item, "ExprWithAlias");
      const wildcard = child(item, "Wildcard");
      const qualified = item["QualifiedWildcard"];
      if (wildcard !== null || Array.isArray(qualified)) {
        const options = wildcard ?? (Array.isArray(qualified) ? nodeOf(qualified[1]) : null);
        const taken = this.#wildcardSources(Array.isArray(qualified) ? qualified[0] : null, around.scope);
        columns.push(
          ...this.#withOptions(
            taken.flatMap(({ relation }) => relation.columns),
            options,
            around,
          ),
        );
        open.push(...taken.map(({ relation }) => relation));
        for (const { relation } of taken)
          outline =
            outline === undefined || relation.outline === undefined
              ? undefined
              : [...outline, ...selectAll(relation.outline, wildcardOptions(options))];
        continue;
      }
      const expression = named?.["expr"] ?? item["UnnamedExpr"];
      const name = identifierOf(named?.["alias"])?.text ?? nameOfExpression(expression);
      const scope = around.scope.withGiven(columns);
      columns.push({ name, from: this.#columnsIn(expression, { ...around, scope }) });
      if (outline !== undefined) outline = [...outline, outlineOf(name, expression, around.scope)];
    }
    const known = outline === undefined ? {} : { outline };
    const unknown = open.filter(
      ({ passesThrough, computedFrom }) => passesThrough.length + computedFrom.length > 0,
    );
    // With two or more, it is unknown which of them has a column that is only selected by `*`.
    const [only] = unknown;
    const { passesThrough, computedFrom } = unknown.length === 1 && only !== undefined ? only : emptyRelation;
    return { columns, passesThrough, computedFrom, ...known };
  }

  #wildcardSources(qualifier: unknown, scope: ColumnScope): readonly ScopeSource[] {
    if (qualifier === null) return scope.sources;
    const name = lastName(child(nodeOf(qualifier), "Expr") ?? nodeOf(qualifier)?.["ObjectName"]);
    return scope.sources.filter(({ alias }) => name !== null && isSameName(alias, name));
  }

  /** `* exclude (a)`, `* except (a)`, `* rename (a as b)`, `* replace (upper(a) as a)`. */
  #withOptions(
    columns: readonly SqlOutput[],
    options: SyntaxNode | null,
    around: Around,
  ): readonly SqlOutput[] {
    const { excluded, renamed, replaced } = wildcardOptions(options);
    return columns
      .filter(({ name }) => !excluded.some((other) => isSameName(name, other)))
      .map((column) => {
        const name = column.name?.toLowerCase() ?? "";
        return {
          name: renamed.get(name) ?? column.name,
          from: replaced.has(name) ? this.#columnsIn(replaced.get(name), around) : column.from,
        };
      });
  }

  /** The sources that one item of a `from` clause brings into scope. */
  #factor(factor: SyntaxNode | null, around: Around): readonly ScopeSource[] {
    const [kind = "", value] = Object.entries(factor ?? {})[0] ?? [];
    const node = nodeOf(value);
    const alias = child(node, "alias");
    const under = (relation: SqlRelation, name: string | null = null): readonly ScopeSource[] => [
      {
        alias: identifierOf(alias?.["name"])?.text ?? name,
        relation: renameColumns(relation, columnNames(alias)),
      },
    ];
    switch (kind) {
      case "Table":
        return under(this.#table(node, around), lastName(node?.["name"]));
      case "Derived":
        return under(this.query(child(node, "subquery") ?? {}, around));
      case "NestedJoin": {
        const nested = child(node, "table_with_joins");
        const inner = [nested, ...children(nested, "joins")].flatMap((each) =>
          this.#factor(child(each, "relation"), around),
        );
        return alias === null ? inner : inner.flatMap(({ relation }) => under(relation));
      }
      case "Pivot": {
        const aggregates = children(node, "aggregate_functions");
        const used = namesIn([
          aggregates.map((each) => child(child(each, "expr"), "Function")?.["args"]),
          node?.["value_column"],
        ]);
        const { columns } = this.#inner(node, around);
        return under({
          columns: columns.filter(({ name }) => !used.some((other) => isSameName(name, other))),
          passesThrough: [],
          computedFrom: this.#columnsIn(aggregates, this.#over(node, around)),
        });
      }
      case "Unpivot": {
        const inner = this.#inner(node, around);
        const value = nameOfExpression(node?.["value"]);
        const from = this.#columnsIn(node?.["columns"], this.#over(node, around));
        const name = identifierOf(node?.["name"])?.text ?? null;
        return under({ ...inner, columns: [...inner.columns, { name: value, from }, { name, from: [] }] });
      }
      default:
        return under({ ...emptyRelation, computedFrom: this.#columnsIn(node, around) });
    }
  }

  #inner(node: SyntaxNode | null, around: Around): SqlRelation {
    return this.#factor(child(node, "table"), around)[0]?.relation ?? emptyRelation;
  }

  #over(node: SyntaxNode | null, around: Around): Around {
    const sources = this.#factor(child(node, "table"), around);
    return { ...around, scope: new ColumnScope(sources, { around: around.scope }) };
  }

  #table(node: SyntaxNode | null, around: Around): SqlRelation {
    if (node?.["args"] != null)
      return { ...emptyRelation, computedFrom: this.#columnsIn(node["args"], around) };
    const parts = nameParts(node?.["name"]);
    const [first] = parts;
    const cte = parts.length === 1 ? around.ctes.get(first?.text.toLowerCase() ?? "") : undefined;
    if (cte !== undefined) {
      this.#isRead.add(cte);
      return cte;
    }
    // `from orders o, o.lines` reads a column of `orders`, not a table.
    const column =
      parts.length > 1
        ? around.scope?.sources.find(({ alias }) => isSameName(alias, first?.text ?? ""))
        : undefined;
    if (column !== undefined && this.#dialect === "bigquery")
      return { ...emptyRelation, computedFrom: findColumn(column.relation, parts[1]?.text ?? "") ?? [] };
    const table = parts.map(({ text }) => text);
    if (table.length === 0) return emptyRelation;
    const outline = this.#hasOutline ? { outline: [{ table, without: [] }] } : {};
    return { ...emptyRelation, passesThrough: [table], ...outline };
  }

  /** All table columns that an expression is computed from. */
  #columnsIn(value: unknown, around: Around): readonly SqlTableColumn[] {
    const found: SqlTableColumn[] = [];
    const visit = (current: unknown): void => {
      if (Array.isArray(current)) {
        current.forEach(visit);
        return;
      }
      for (const [key, inner] of Object.entries(nodeOf(current) ?? {})) {
        if (key === "Identifier") add([inner]);
        else if (key === "CompoundIdentifier" && Array.isArray(inner)) add(inner);
        else if (key === "Subquery") found.push(...outputsOf(this.query(nodeOf(inner) ?? {}, around)));
        else if (key === "subquery") found.push(...outputsOf(this.query(nodeOf(inner) ?? {}, around)));
        else if (key === "Exists" || skippedKeys.has(key)) continue;
        else visit(inner);
      }
    };
    const add = (parts: readonly unknown[]): void => {
      const names = parts.flatMap((part) => identifierOf(part)?.text ?? []);
      if (names.length > 0) found.push(...(around.scope?.resolve(names) ?? []));
    };
    visit(value);
    return distinctColumns(found);
  }
}

/** Keys whose identifiers are names of functions, types or arguments, not of columns. */
const skippedKeys: ReadonlySet<string> = new Set([
  "name",
  "data_type",
  "alias",
  "span",
  "path",
  "window_frame",
]);

function outputsOf({ columns }: SqlRelation): readonly SqlTableColumn[] {
  return columns.flatMap(({ from }) => from);
}

/** A column of a source is what the source computes. */
function outlineOf(name: string | null, expression: unknown, scope: ColumnScope): SqlOutlineColumn {
  const node = nodeOf(expression);
  const compound = node?.["CompoundIdentifier"];
  const parts = Array.isArray(compound) ? compound : [node?.["Identifier"]];
  const [last, table] = [...parts].reverse().map((part) => identifierOf(part)?.text);
  const sources = scope.sources.filter(({ alias }) => table === undefined || isSameName(alias, table));
  const found =
    last === undefined
      ? null
      : findOutlineColumn(
          sources.map(({ relation }) => relation.outline),
          last,
        );
  return found === null ? outlineColumn(name, expression) : { ...found, name };
}

function wildcardOptions(options: SyntaxNode | null): WildcardOptions {
  const renames = child(options, "opt_rename");
  const pairs = nodesOf(renames?.["Multiple"] ?? [renames?.["Single"]]);
  const nameOf = (value: unknown): string => identifierOf(value)?.text ?? "";
  const replacements = nodesOf(child(options, "opt_replace")?.["items"]);
  return {
    excluded: [...namesIn(options?.["opt_exclude"]), ...namesIn(options?.["opt_except"])],
    renamed: new Map(pairs.map((pair) => [nameOf(pair["ident"]).toLowerCase(), nameOf(pair["alias"])])),
    replaced: new Map(replacements.map((item) => [nameOf(item["column_name"]).toLowerCase(), item["expr"]])),
  };
}

function columnNames(alias: SyntaxNode | null): readonly string[] {
  return children(alias, "columns").flatMap((column) => identifierOf(column["name"])?.text ?? []);
}

/** The output name of an expression that is a column, qualified or not. Null for any other expression. */
function nameOfExpression(expression: unknown): string | null {
  const node = nodeOf(expression);
  const compound = node?.["CompoundIdentifier"];
  const last = Array.isArray(compound) ? compound.at(-1) : node?.["Identifier"];
  return identifierOf(last)?.text ?? null;
}

function lastName(value: unknown): string | null {
  return nameParts(value).at(-1)?.text ?? nameOfExpression(value);
}

function namesIn(option: unknown): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (identifierOf(value) !== null) found.push(identifierOf(value)?.text ?? "");
    else for (const inner of Object.values(nodeOf(value) ?? {})) visit(inner);
  };
  visit(option);
  return found;
}

function usingNames(join: SyntaxNode): readonly string[] {
  const [constraint] = Object.values(child(join, "join_operator") ?? {});
  const using = nodeOf(constraint)?.["Using"];
  return Array.isArray(using) ? using.flatMap((name) => nameParts(name).at(-1)?.text ?? []) : [];
}
