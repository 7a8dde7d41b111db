import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { secureHeaders } from "hono/secure-headers";

/** Who may access the page. */
export interface Access {
  /** Accepted `Host` headers, for example `127.0.0.1:4110`; null to accept any, because a token is required. */
  readonly hosts: ReadonlySet<string> | null;
  /** The required token; null if none is required. */
  readonly token: string | null;
}

const cookieName = "dagster_sigma_page";

/** Allows only same-origin resources and nothing inline, so that names of assets are never executed. */
export const contentSecurity: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:", "blob:"],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    fontSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: "no-referrer",
  strictTransportSecurity: false,
});

/**
 * Rejects requests that another page makes a browser send: with a foreign host name (DNS rebinding), or from another
 * origin. With a token, also rejects requests without it.
 */
export function guard({ hosts, token }: Access): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    if (hosts !== null && !hosts.has(host)) return context.text("Unknown host\n", 403);
    const site = context.req.header("sec-fetch-site");
    const isNavigation = context.req.header("sec-fetch-mode") === "navigate";
    if (site !== undefined && !["same-origin", "none"].includes(site) && !isNavigation)
      return context.text("Another origin\n", 403);
    const origin = context.req.header("origin");
    if (origin !== undefined && !isSameHost(origin, host)) return context.text("Another origin\n", 403);
    if (token === null) return next();
    const asked = context.req.query("token");
    if (asked !== undefined && isEqual(asked, token)) {
      setCookie(context, cookieName, token, { httpOnly: true, sameSite: "Strict", path: "/" });
      const url = new URL(context.req.url);
      url.searchParams.delete("token");
      return context.redirect(`${url.pathname}${url.search}`);
    }
    const bearer = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
    if (isEqual(getCookie(context, cookieName) ?? bearer ?? "", token)) return next();
    return context.text("This page needs its token: open the address that was printed.\n", 401);
  };
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Compares in constant time. */
function isEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
