import { type DefinitionsSource, failureText } from "@dagster-sigma/definitions-host";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { PageContent } from "../encoding/page-content.ts";
import type { PageStatus } from "../model/page-status.ts";
import { type Access, contentSecurity, guard } from "./access.ts";
import { answerPart, jsonResponse } from "./answer-part.ts";
import type { DagsterStates } from "./dagster-states.ts";
import type { EarlierGraphs } from "./earlier-graphs.ts";
import { createEarlierRoutes } from "./earlier-routes.ts";
import type { PageFile } from "./page-files.ts";
import { type StreamLimits, StreamSlots } from "./stream-slots.ts";

/** Interval between heartbeats of a status stream, in ms. */
const heartbeatMs = 15_000;

/** After this time a client may try to open a status stream again, in s. */
const retryStreamAfterSeconds = 10;

/** Parts of the page's server that the routes use. */
export interface PageParts {
  readonly source: DefinitionsSource<PageContent>;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly access: Access;
  readonly streamLimits: StreamLimits;
  readonly earlier: EarlierGraphs | null;
  readonly dagster: DagsterStates | null;
}

/** Creates the HTTP routes of the page. */
export function createPageRoutes(parts: PageParts): Hono {
  const { source, files, access, streamLimits, earlier, dagster } = parts;
  const status = (): PageStatus => ({ ...statusOf(source), hasDagster: dagster !== null });
  const streams = new StreamSlots(streamLimits);
  const routes = new Hono();
  routes.use(contentSecurity, guard(access));
  routes.get("/api/status", (context) => context.json(status()));
  const current = (): PageContent | null => source.current().content;
  routes.get("/api/graph", ({ req }) => answerPart(current(), req, ({ graph }) => graph));
  routes.get("/api/columns", ({ req }) => answerPart(current(), req, ({ columns }) => columns));
  routes.get("/api/identities", ({ req }) => answerPart(current(), req, ({ identities }) => identities));
  routes.route("/api/earlier", createEarlierRoutes(earlier));
  routes.get("/api/dagster", async (context) =>
    dagster === null
      ? context.json({ error: "No Dagster is known." }, 404)
      : context.json(await dagster.current()),
  );
  routes.get("/api/details", ({ req }) => answerDetails(source, req.query("version"), req.query("asset")));
  routes.post("/api/refresh", (context) => {
    if (source.refresh === null) return context.json({ error: "There is no source to refresh from." }, 409);
    void source.refresh();
    return context.json({}, 202);
  });
  routes.get("/api/events", (context) => answerStream(source, status, streams, context));
  routes.get("*", (context) => {
    const file = files.get(context.req.path);
    return file === undefined ? context.text("There is no such page.\n", 404) : answerFile(file);
  });
  return routes;
}

function statusOf(source: DefinitionsSource<PageContent>): Omit<PageStatus, "hasDagster"> {
  const { content, failure, progress } = source.current();
  return {
    version: content?.version ?? null,
    failure: failure === null ? null : { message: failureText(failure), code: failure.code },
    progress,
    canRefresh: source.refresh !== null,
  };
}

/** Opens a status stream if the client may have one more. */
function answerStream(
  source: DefinitionsSource<PageContent>,
  status: () => PageStatus,
  streams: StreamSlots,
  context: Context,
): Response {
  // Such a client would neither read the stream nor close it.
  if (context.req.method === "HEAD") return context.body(null, 200, { "content-type": "text/event-stream" });
  const slot = streams.take(getConnInfo(context).remote.address ?? "");
  if ("refusal" in slot) {
    return context.text(slot.refusal, 503, { "retry-after": String(retryStreamAfterSeconds) });
  }
  return streamSSE(context, async (stream) => {
    stream.onAbort(slot.free);
    try {
      await streamStatus(source, status, stream);
    } finally {
      slot.free();
    }
  });
}

/** Streams the status: immediately, on every change, and as a heartbeat. */
async function streamStatus(
  source: DefinitionsSource<PageContent>,
  status: () => PageStatus,
  stream: SSEStreamingApi,
): Promise<void> {
  let wake = (): void => undefined;
  const stopListening = source.onChange(() => wake());
  stream.onAbort(() => {
    stopListening();
    wake();
  });
  while (!stream.aborted) {
    const woken = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, heartbeatMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    await stream.writeSSE({ data: JSON.stringify(status()) });
    await woken;
  }
}

function answerDetails(
  source: DefinitionsSource<PageContent>,
  version: string | undefined,
  index: string | undefined,
): Response {
  const { content } = source.current();
  const asset = Number(index);
  const isKnown = content?.version === version && asset >= 0 && asset < (content?.assets ?? 0);
  if (content === null || !isKnown || !Number.isInteger(asset))
    return Response.json({ error: "This version has no such asset." }, { status: 404 });
  const { details, detailStarts } = content;
  return jsonResponse(details.subarray(detailStarts[asset], detailStarts[asset + 1]), {});
}

function answerFile({ gzipped, contentType, isImmutable }: PageFile): Response {
  return new Response(gzipped, {
    headers: {
      "content-type": contentType,
      "content-encoding": "gzip",
      "cache-control": isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    },
  });
}
