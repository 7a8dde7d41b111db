import { errorText } from "@dagster-sigma/foundation";
import { Hono } from "hono";
import type { PageContent } from "../encoding/page-content.ts";
import { answerPart } from "./answer-part.ts";
import type { EarlierGraphs } from "./earlier-graphs.ts";

const parts = {
  graph: ({ graph }: PageContent) => graph,
  columns: ({ columns }: PageContent) => columns,
  identities: ({ identities }: PageContent) => identities,
} as const;

/** Routes of graphs of the past, under `/api/earlier`. */
export function createEarlierRoutes(earlier: EarlierGraphs | null): Hono {
  const routes = new Hono();
  routes.get("/", async (context) => context.json(earlier === null ? [] : await earlier.list()));
  routes.get("/:part", async ({ req }) => {
    const id = req.query("id") ?? "";
    const known = earlier === null ? [] : await earlier.list();
    if (earlier === null || !known.some((graph) => graph.id === id))
      return Response.json({ error: "This state is not kept any more." }, { status: 404 });
    const part = req.param("part");
    if (part !== "load" && !Object.hasOwn(parts, part))
      return Response.json({ error: "There is no such route." }, { status: 404 });
    try {
      const { content, wallMs } = await earlier.load(id);
      if (part === "load") return Response.json({ version: content.version, assets: content.assets, wallMs });
      return answerPart(content, req, parts[part as keyof typeof parts]);
    } catch (thrown) {
      return Response.json({ error: errorText(thrown) }, { status: 502 });
    }
  });
  return routes;
}
