import { gzipSync } from "node:zlib";
import type { HostileAnswer, HostileRequest } from "./hostile-server.ts";

const mebibyte = 2 ** 20;

/** Answers with a text and a status. */
export function text(
  body: string | Buffer,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): HostileAnswer {
  return ({ response }) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body);
  };
}

function json(body: unknown, status = 200): HostileAnswer {
  return ({ response }) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
}

/** Answers with a text that is built once. */
export function builtText(build: () => string): HostileAnswer {
  let built: Buffer | null = null;
  return ({ response }) => {
    built ??= Buffer.from(build());
    response.end(built);
  };
}

/** Writes bytes without regard for HTTP, and closes the connection unless `isOpen`. */
export function raw(bytes: string, isOpen = false): HostileAnswer {
  return ({ request }) => {
    if (isOpen) request.socket.write(bytes, "latin1");
    else request.socket.end(bytes, "latin1");
  };
}

/** The chunk, as fast as the client reads, up to a size. */
export function stream(
  chunk: Buffer,
  options: {
    readonly status?: number;
    readonly maxBytes?: number;
    readonly headers?: Record<string, string>;
  } = {},
): HostileAnswer {
  return ({ response }) => {
    response.writeHead(options.status ?? 200, options.headers ?? {});
    let left = options.maxBytes ?? Number.POSITIVE_INFINITY;
    const write = (): void => {
      while (!response.destroyed && left > 0) {
        left -= chunk.length;
        if (!response.write(chunk)) return;
      }
      if (!response.destroyed) response.end();
    };
    response.on("drain", write);
    write();
  };
}

/** Writes a part at an interval. */
export function drip(part: string, everyMs: number, head = "HTTP/1.1 200 OK\r\n\r\n"): HostileAnswer {
  return ({ request, every }) => {
    request.socket.write(head);
    every(everyMs, () => void request.socket.write(part));
  };
}

/** A gzip that unpacks to `sizeMiB` of a repeated text: in one piece, or in pieces of 1 MiB, which is valid gzip, too. */
export function gzipBomb(
  sizeMiB: number,
  part: string,
  options: { readonly isWhole?: boolean } = {},
): HostileAnswer {
  let built: Buffer | null = null;
  return (request) => {
    const piece = Buffer.from(part.repeat(Math.ceil(mebibyte / part.length)));
    const pieces = Array.from({ length: sizeMiB }, () => piece);
    built ??=
      options.isWhole === true
        ? gzipSync(Buffer.concat(pieces), { level: 1 })
        : repeated(gzipSync(piece), sizeMiB);
    return text(built, 200, { "content-encoding": "gzip" })(request);
  };
}

function repeated(bytes: Buffer, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => bytes));
}

/** The gzip of a text, changed. */
export function changedGzip(body: string, change: (bytes: Buffer) => Buffer): HostileAnswer {
  return text(change(gzipSync(body)), 200, { "content-encoding": "gzip" });
}

type Page = { readonly entries?: readonly Record<string, unknown>[] } & Readonly<Record<string, unknown>>;

/** The honest answer with changed rows. Bare arrays count as pages. */
export function changedRows(
  change: (rows: readonly Record<string, unknown>[], request: HostileRequest) => readonly unknown[],
): HostileAnswer {
  return changedPage((page, request) => ({ ...page, entries: change(page.entries ?? [], request) }));
}

/** The honest answer with changed fields of the page. */
export function changedPage(change: (page: Page, request: HostileRequest) => unknown): HostileAnswer {
  return async (request) => {
    const honest = (await request.honest()) as Page | readonly Record<string, unknown>[];
    const page = Array.isArray(honest) ? { entries: honest } : (honest as Page);
    await json(change(page, request))(request);
  };
}
