import { SigmaClient } from "@dagster-sigma/sigma-client";
import { generateOrganization, servedRoutes } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAnswerServer } from "../src/dagster-sigma/answer-server.ts";
import { VendorTypes } from "../src/vendor-types/answer-type.ts";
import { clientCalls } from "../src/vendor-types/client-calls.ts";
import { documentedLosses, formsOfRoutes, loadForms } from "../src/vendor-types/load-forms.ts";
import { documentedRoutes } from "../src/vendor-types/newer-documentation.ts";
import { listStylesOf, type RowForm } from "../src/vendor-types/row-forms.ts";

const types = new VendorTypes();
const forms = formsOfRoutes(types, Object.keys(clientCalls));

interface Route {
  readonly method: string;
  readonly route: string;
}

const nameOf = ({ method, route }: Route): string => `${method} ${route}`;
const called = Object.keys(clientCalls).map((route): Route => ({ method: "GET", route }));

describe("Sigma's API", () => {
  const lacked = (routes: readonly Route[]): readonly string[] =>
    routes.filter(({ method, route }) => !types.hasRoute(method, route)).map(nameOf);
  const documented = new Set(documentedRoutes.map(nameOf));

  it.each([
    ["the sandbox serves", servedRoutes()],
    ["the client requests", called],
  ])("has every route that %s, with its method", (_whose, routes) => {
    expect(routes.length).toBeGreaterThan(40);
    expect(lacked(routes).filter((name) => !documented.has(name))).toEqual([]);
  });

  it("lacks a route in the types of the package only if newer documentation has it", () => {
    expect(lacked(documentedRoutes)).toEqual(documentedRoutes.map(nameOf));
    const used = new Set([...servedRoutes(), ...called].map(nameOf));
    for (const { method, route, source, date } of documentedRoutes) {
      expect(used).toContain(nameOf({ method, route }));
      expect([source, date]).toEqual([
        expect.stringMatching(/help\.sigmacomputing\.com/),
        expect.stringMatching(/^20\d\d-\d\d/),
      ]);
    }
    expect(types.hasRoute("DELETE", "/v2/workbooks")).toBe(false);
    expect(types.hasRoute("GET", "/v2/workbooks/{workbookId}/made-up")).toBe(false);
  });
});

describe("an answer written from Sigma's OpenAPI types", () => {
  const answers: Record<string, unknown> = {};
  let server: Awaited<ReturnType<typeof startAnswerServer>>;
  let client: SigmaClient;
  beforeAll(async () => {
    server = await startAnswerServer(answers);
    client = new SigmaClient(server);
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  /** The forms of a route that the client does not return as Sigma sent them. */
  async function unreadForms(route: string, routeForms: readonly RowForm[]): Promise<readonly string[]> {
    const path = route.replace(/^\/v2\//, "").replaceAll(/\{\w+\}/g, "x");
    const type = types.responseTo(route);
    const styles = type === null ? [] : listStylesOf(type);
    const unread: string[] = [];
    const read = async (name: string, answer: unknown, expected: unknown): Promise<void> => {
      answers[path] = answer;
      const found = await clientCalls[route]?.(client).catch(String);
      if (JSON.stringify(found) !== JSON.stringify(expected))
        unread.push(`${name}: ${JSON.stringify(found)}`);
    };
    for (const { name, row } of routeForms) {
      if (styles.length === 0) await read(name, row, row);
      else await read(name, styles.includes("page") ? { entries: [row], nextPage: null } : [row], [row]);
    }
    if (styles.length === 2) {
      const rows = routeForms.map(({ row }) => row);
      await read("an array", rows, rows);
    }
    return unread;
  }

  it("exists for every route of the client that the types have", () => {
    const newer = documentedRoutes.map(({ route }) => route);
    expect(Object.keys(clientCalls).filter((route) => !forms.has(route))).toEqual(newer);
    expect([...forms.values()].flat().length).toBeGreaterThan(400);
  });

  for (const [route, routeForms] of forms) {
    it(`for ${route} is read as it was sent, in every form`, async () => {
      expect(await unreadForms(route, routeForms)).toEqual([]);
    });
  }
});

describe("a load of an organization in all forms of Sigma's OpenAPI types", () => {
  // The short variant: `npm run test:long forms` loads until every form was served.
  it.each([
    ["first", 2],
    ["fallback", 1],
    ["elements", 1],
  ] as const)(
    "finds no unknown shape in the routes for %s",
    async (asked, maxLoads) => {
      const organization = generateOrganization({ workbooks: 10, seed: 4, profile: "full" });
      const usual = await loadForms(organization, asked, new Map());
      const known = new Set([...usual.diagnostics.map(({ code }) => code), ...Object.keys(documentedLosses)]);
      const waiting = formsOfRoutes(types, usual.answered);
      const count = [...waiting.values()].flat().length;
      for (let loads = 0; loads < maxLoads; loads++) {
        const { diagnostics } = await loadForms(organization, asked, waiting);
        expect(diagnostics.filter(({ code }) => !known.has(code))).toEqual([]);
      }
      expect([...waiting.values()].flat().length).toBeLessThan(count / 2);
    },
    60_000,
  );
});
