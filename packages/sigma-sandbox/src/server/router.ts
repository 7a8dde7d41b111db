import { answerInVariants } from "./answer-in-variants.ts";
import { pageOf, tokenPageOf } from "./paging.ts";
import { notFound } from "./refusal.ts";
import {
  arrayRoutes,
  changingRoutes,
  objectRoutes,
  opaqueCursorRoutes,
  pagedRoutes,
  postRoutes,
  type RouteContext,
  tokenPagedRoutes,
} from "./routes.ts";

export interface RouterOptions {
  /** Maximum number of rows per page (default: Sigma's 1,000). */
  readonly maxPageSize: number;
}

/** A route that matches a request. */
export interface Match {
  readonly route: string;
  readonly parts: ReadonlyMap<string, string>;
  readonly answer: (context: RouteContext) => unknown;
}

interface Route {
  readonly method: string;
  readonly route: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly answer: (context: RouteContext) => unknown;
}

/** Maximum number of rows per page in token style. */
const maxTokenPageSize = 500;

/** Finds the route of a request. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(options: RouterOptions) {
    const { maxPageSize } = options;
    this.#routes = [
      ...entries(objectRoutes).map(([route, answer]) => {
        const rows = inVariants(route, (context) => [answer(context)]);
        return compile("GET", route, (context) => {
          const [object] = rows(context);
          if (object === undefined) throw notFound();
          return object;
        });
      }),
      ...entries(pagedRoutes).map(([route, told]) => {
        const rows = inVariants(route, told);
        const paging = { maxPageSize, opaqueCursor: opaqueCursorRoutes.has(route) };
        const keep = changingRoutes.has(route) ? rows : kept(rows);
        return compile("GET", route, (context) => pageOf<unknown>(keep(context), context.query, paging));
      }),
      ...entries(tokenPagedRoutes).map(([route, rows]) => {
        const paging = { maxPageSize: Math.min(maxPageSize, maxTokenPageSize) };
        const keep = kept(inVariants(route, rows));
        return compile("GET", route, (context) => tokenPageOf<unknown>(keep(context), context.query, paging));
      }),
      ...entries(arrayRoutes).map(([route, rows]) => compile("GET", route, inVariants(route, rows))),
      ...entries(postRoutes).map(([route, answer]) => compile("POST", route, answer)),
    ].sort((a, b) => a.names.length - b.names.length);
  }

  /** All routes, each with its method. */
  get routes(): readonly { readonly method: string; readonly route: string }[] {
    return this.#routes.map(({ method, route }) => ({ method, route }));
  }

  find(method: string, path: string): Match | null {
    for (const { route, pattern, names, answer, method: allowed } of this.#routes) {
      const found = method === allowed ? pattern.exec(path) : null;
      if (found === null) continue;
      const parts = new Map(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]));
      return { route, parts, answer };
    }
    return null;
  }
}

type RowsAnswer = (context: RouteContext) => readonly object[];

function inVariants(route: string, rows: RowsAnswer): RowsAnswer {
  return (context) => answerInVariants(route, context, () => rows(context));
}

/** Parameters that select a page, not the rows. */
const pagingParameters = ["limit", "page", "pageSize", "pageToken"] as const;

/** Caches the rows of a path for all of its pages. */
function kept(rows: RowsAnswer): RowsAnswer {
  return (context) => {
    const query = new URLSearchParams(context.query);
    for (const name of pagingParameters) query.delete(name);
    return context.directory.rows(`${context.path}?${query}`, () => rows(context));
  };
}

type RowsOf<Routes> =
  Routes extends Readonly<Record<string, (context: RouteContext) => infer Answer>> ? Answer : never;

function entries<Routes extends object>(
  routes: Routes,
): readonly (readonly [string, (context: RouteContext) => RowsOf<Routes>])[] {
  return Object.entries(routes);
}

function compile(method: string, route: string, answer: (context: RouteContext) => unknown): Route {
  const names = [...route.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const pattern = new RegExp(`^${route.replace(/[.:]/g, "\\$&").replace(/\{\w+\}/g, "([^/:]+)")}$`);
  return { method, route, pattern, names, answer };
}
