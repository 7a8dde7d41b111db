import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  elementsOf,
  type Organization,
  type Sandbox,
  type Shape,
  shapes,
  startSandbox,
  urlIdOf,
  type VariantRule,
  type WireVariant,
  wireVariants,
} from "../src/index.ts";

const everything = shapeNamed("repeatedRows");

function shapeNamed(name: string): Shape {
  const shape = shapes().find((each) => each.name === name);
  if (shape === undefined) throw new Error(`There is no shape ${name}.`);
  return shape;
}

/** A sandbox with a token, which Sigma issues once a second. */
interface Session {
  readonly sandbox: Sandbox;
  readonly authorization: string;
}

async function start(organization: Organization, variants: readonly VariantRule[]): Promise<Session> {
  const sandbox = await startSandbox({ organization, variants });
  const { baseUrl, clientId, clientSecret } = sandbox;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const signIn = await fetch(`${baseUrl}/v2/auth/token`, { method: "POST", body });
  const { access_token: token } = (await signIn.json()) as { readonly access_token: string };
  return { sandbox, authorization: `Bearer ${token}` };
}

async function startInTest(organization: Organization, variants: readonly VariantRule[]): Promise<Session> {
  const session = await start(organization, variants);
  onTestFinished(() => session.sandbox.close());
  return session;
}

/** The status and rows of every request for a route. */
async function answersOf(
  { sandbox, authorization }: Session,
  routes: readonly string[],
): Promise<readonly unknown[]> {
  const paths = new Set(routes.flatMap((route) => pathsOf(route, sandbox.organization)));
  return await Promise.all(
    [...paths].map(async (path) => {
      const response = await fetch(`${sandbox.baseUrl}${path}`, { headers: { authorization } });
      return { path, status: response.status, json: response.ok ? await response.json() : null };
    }),
  );
}

function pathsOf(route: string, { workbooks, dataModels, tables }: Organization): readonly string[] {
  if (route.includes("{inodeId}")) return tables.map(({ id }) => route.replace("{inodeId}", id));
  if (route.includes("{dataModelId}")) return dataModels.map(({ id }) => route.replace("{dataModelId}", id));
  if (!route.includes("{workbookId}")) return [route];
  return workbooks.flatMap((workbook) =>
    elementsOf(workbook).map(({ id }) =>
      route.replace("{workbookId}", workbook.id).replace("{elementId}", id),
    ),
  );
}

describe("the shapes", () => {
  it("have different names, and one for each form of answers", () => {
    const names = shapes().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const forms = shapes().flatMap(({ variants }) => variants.map(({ variant }) => variant));
    expect(Object.keys(wireVariants).filter((name) => !forms.includes(name as WireVariant))).toEqual([]);
  });

  it("include a data model whose urlId begins with a zero digit", () => {
    const [model] = shapeNamed("leading zero").organization.dataModels;
    expect(model?.id.slice(0, 2)).toBe("00");
    expect(urlIdOf(model?.id ?? "")).toMatch(/^0[0-9a-zA-Z]{20}$/);
  });
});

describe("a form of answers", () => {
  let usual: Session;
  beforeAll(async () => {
    usual = await start(everything.organization, []);
  });
  afterAll(() => usual.sandbox.close());

  it.each(Object.keys(wireVariants) as WireVariant[])(
    "%s changes the answers of its routes",
    async (variant) => {
      const routes = Object.keys(wireVariants[variant].answers);
      const usual = await start(everything.organization, []);
      const changed = await start(everything.organization, [{ variant }]);
      expect(await answersOf(changed, routes)).not.toEqual(await answersOf(usual, routes));
    },
  );

  it("of one document leaves the others as they are", async () => {
    const { organization } = everything;
    const [first] = organization.dataModels;
    const routes = ["/v2/dataModels/{dataModelId}"];
    const session = await startInTest(organization, [
      { variant: "forbiddenDataModel", document: first?.id ?? "" },
    ]);
    const answers = (await answersOf(session, routes)) as readonly { readonly status: number }[];
    expect(answers.map(({ status }) => status)).toEqual([403, 200]);
  });

  it("without a row for one object is 404", async () => {
    const session = await startInTest(everything.organization, [
      { variant: { "/v2/dataModels/{dataModelId}": () => [] } },
    ]);
    const answers = await answersOf(session, ["/v2/dataModels/{dataModelId}"]);
    expect(answers).toMatchObject([{ status: 404 }, { status: 404 }]);
  });

  it("may be any change of rows, after other changes", async () => {
    const { organization } = everything;
    const session = await startInTest(organization, [
      { variant: { "/v2/dataModels": (rows) => rows.slice(0, 1) } },
      { variant: { "/v2/dataModels": (rows) => rows.map((row) => ({ ...row, name: null })) } },
    ]);
    const answers = (await answersOf(session, ["/v2/dataModels"])) as readonly {
      readonly json: { readonly total: number; readonly entries: readonly { readonly name: unknown }[] };
    }[];
    expect(answers[0]?.json.entries.map(({ name }) => name)).toEqual([null]);
    expect(answers[0]?.json.total).toBe(1);
  });
});
