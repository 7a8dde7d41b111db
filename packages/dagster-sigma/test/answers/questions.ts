import type { AssetNode, Definitions } from "@dagster-sigma/asset-graph";
import { resolvePresentation } from "@dagster-sigma/asset-graph";
import type { Locator } from "playwright-core";
import type { Actor } from "./actor.ts";

/** A question of a user, how the page answers it, and the right answer by the definitions. */
export interface Question {
  readonly text: string;
  /** What the definitions say, sorted. */
  readonly expected: (definitions: Definitions) => readonly string[];
  /** Answers it from the start page, and reads what is on the screen, sorted. */
  readonly answer: (actor: Actor) => Promise<readonly string[]>;
}

const yearSeconds = 365 * 86_400;

export const questions: readonly Question[] = [
  {
    text: "Which tables feed the workbook “Revenue Overview”?",
    expected: (definitions) => upstreamOf(definitions, "Revenue Overview", "table"),
    answer: (actor) => upstreamCards(actor, "table"),
  },
  {
    text: "Through which data models?",
    expected: (definitions) => upstreamOf(definitions, "Revenue Overview", "data_model"),
    answer: (actor) => upstreamCards(actor, "model"),
  },
  {
    text: "Which workbooks read the schema harbor.sales?",
    expected: (definitions) => {
      const tables = nodesOf(definitions).filter(
        ({ spec }) => spec.key.path.slice(0, 2).join(".") === "harbor.sales",
      );
      return namesOf(downstreamOf(definitions, tables), "workbook");
    },
    answer: async (actor) => {
      const { page } = actor;
      await actor.click(
        page.locator(".overview-box[data-box^=sources]", {
          has: page.locator(".head", { hasText: /^sales$/ }),
        }),
      );
      await actor.click(page.getByRole("button", { name: "List of workbooks" }));
      return await textsOf(page.getByRole("dialog").locator("li .name"));
    },
  },
  {
    text: "Which read orders.NET_AMOUNT?",
    expected: (definitions) =>
      inOrder(
        readersOfColumn(definitions, "orders", "NET_AMOUNT").map((node) => resolvePresentation(node).name),
      ),
    answer: async (actor) => {
      await search(actor, "orders net_amount");
      const section = actor.page.locator(".column-panel section").first();
      await section.getByRole("heading", { name: /^If it is dropped/ }).waitFor();
      return await textsOf(section.locator("li .name"));
    },
  },
  {
    text: "By which formula is “Touches per Order” made?",
    expected: (definitions) =>
      nodesOf(definitions).flatMap(({ spec }) => {
        const schema = spec.metadata["dagster/column_schema"];
        const columns = schema?.type === "table_schema" ? schema.value.columns : [];
        return columns
          .filter(({ name }) => name.endsWith("/Touches per Order"))
          .flatMap(({ description }) => description ?? []);
      }),
    answer: async (actor) => {
      await search(actor, "touches per order");
      return await textsOf(actor.page.locator(".column-panel .formula"));
    },
  },
  {
    text: "Who owns the workbooks of the folder Finance?",
    expected: (definitions) =>
      inOrder(
        nodesOf(definitions)
          .filter((node) => isKind(node, "workbook") && resolvePresentation(node).folder[0] === "Finance")
          .flatMap(({ spec }) => spec.owners),
      ),
    answer: async (actor) => {
      const { page } = actor;
      await actor.click(
        page.locator(".overview-box[data-box^=products]", {
          has: page.locator(".head", { hasText: /^Finance$/ }),
        }),
      );
      await actor.choose(page.getByLabel("Show on boxes"), "Owners");
      return await textsOf(page.locator(".overview-box[data-box^=products] .note"));
    },
  },
  {
    text: "Which documents have problems, and why?",
    expected: ({ loadReports }) =>
      inOrder(
        loadReports.flatMap(({ diagnostics, explanations = {} }) =>
          diagnostics.flatMap(({ code, message }) => {
            const { meaning = "", whatToDo = "" } = explanations[code] ?? {};
            // What to do is said once for all of a cause.
            return [meaning, `What to do: ${whatToDo}`, message.replace(whatToDo, "")];
          }),
        ),
      ),
    answer: async (actor) => {
      await actor.click(
        actor.page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: /^Health/ }),
      );
      await actor.page.getByRole("heading", { name: "Health" }).waitFor();
      const reported = actor.page.locator(".health .finding:is(.warning, .error)");
      for (const closed of await reported.and(actor.page.locator(":not([open])")).locator("summary").all())
        await actor.click(closed);
      return await textsOf(reported.locator("summary strong, .what-to-do, li > span"));
    },
  },
  {
    text: "What was not changed for a year?",
    expected: (definitions) => {
      const start = Math.floor(Date.now() / 86_400_000) * 86_400 - yearSeconds;
      return inOrder(
        nodesOf(definitions)
          .map(resolvePresentation)
          .filter(({ updatedAt }) => updatedAt !== null && updatedAt < start)
          .map(({ name }) => name),
      );
    },
    answer: async (actor) => {
      const { page } = actor;
      await actor.click(
        page.getByRole("region", { name: "Filters" }).getByRole("button", { name: "Changed" }),
      );
      await actor.click(page.getByRole("checkbox", { name: /^Not in the last year/ }));
      await actor.click(page.getByRole("button", { name: "Catalog" }));
      return await textsOf(page.locator(".catalog tbody tr .name"));
    },
  },
  {
    text: "How do the folders depend on the schemas?",
    expected: (definitions) => {
      const schemas = nodesOf(definitions)
        .filter((node) => isKind(node, "table"))
        .map(({ spec }) => spec.key.path.slice(0, -1).join("."));
      return [`${new Set(schemas).size} schemas`];
    },
    answer: async ({ page }) => {
      const boxes = page.locator(".overview-box[data-box^=sources]");
      await page.locator(".overview-ribbons path").first().waitFor();
      return [`${await boxes.count()} schemas`];
    },
  },
  {
    text: "Open in Sigma what is below the table refunds.",
    expected: (definitions) => {
      const [reasons] = nodesOf(definitions).filter(
        (node) => resolvePresentation(node).name === "Refund Reasons",
      );
      return reasons === undefined ? [] : [resolvePresentation(reasons).url ?? ""];
    },
    answer: async (actor) => {
      await search(actor, "refunds");
      const card = actor.page.locator(".lineage-node", { hasText: "Refund Reasons" });
      await card.hover();
      const context = actor.page.context();
      // Nothing outside of this machine is asked.
      await context.setOffline(true);
      const opened = context.waitForEvent("request");
      await actor.click(card.locator(".open-link"));
      return [(await opened).url()];
    },
  },
  {
    text: "Who must be notified before orders.NET_AMOUNT is dropped?",
    expected: (definitions) =>
      inOrder(readersOfColumn(definitions, "orders", "NET_AMOUNT").flatMap(({ spec }) => spec.owners)),
    answer: async (actor) => {
      await search(actor, "orders net_amount");
      await actor.click(actor.page.getByRole("button", { name: "The whole list" }));
      const owners = actor.page.getByRole("region", { name: "Owners to notify" }).locator("li");
      await owners.getByRole("button", { name: "Copy message" }).first().waitFor();
      return inOrder((await textsOf(owners)).map((text) => text.split(" ")[0] ?? ""));
    },
  },
  {
    text: "Which elements of each workbook break if orders.NET_AMOUNT changes?",
    expected: (definitions) =>
      inOrder(
        columnsComputedFrom(definitions, "orders", ["NET_AMOUNT"]).flatMap(({ name, element }) =>
          element === null ? [] : `${name} ${element}`,
        ),
      ),
    answer: async (actor) => {
      await search(actor, "orders net_amount");
      await actor.click(actor.page.getByRole("button", { name: "The whole list" }));
      return await impactedElements(actor);
    },
  },
  {
    text: "Which break if orders.NET_AMOUNT or orders.STATUS changes?",
    expected: (definitions) =>
      inOrder(
        columnsComputedFrom(definitions, "orders", ["NET_AMOUNT", "STATUS"]).flatMap(({ name, element }) =>
          element === null ? [] : `${name} ${element}`,
        ),
      ),
    answer: async (actor) => {
      await search(actor, "orders net_amount, status");
      return await impactedElements(actor);
    },
  },
  {
    text: "What changed since yesterday’s refresh?",
    // The page server of the question compares with this.
    expected: () => ["Basket Analysis", "Cost Centers", "New 4", "Sales - EU", "Sales/EU"],
    answer: async (actor) => {
      await actor.click(actor.page.getByRole("button", { name: "Changes", exact: true }));
      return await textsOf(actor.page.locator(".changes tbody td:nth-child(2) .name"));
    },
  },
  {
    text: "Which workbooks have no owner?",
    expected: (definitions) =>
      namesOf(
        nodesOf(definitions).filter(({ spec }) => spec.owners.length === 0),
        "workbook",
      ),
    answer: async (actor) => {
      await actor.type(actor.page.getByRole("combobox", { name: /^Find/ }), "kind:workbook and owner:<null>");
      await actor.press("Enter");
      await actor.click(actor.page.getByRole("button", { name: "Catalog" }));
      await actor.page.getByRole("button", { name: "Save as CSV" }).waitFor();
      return await textsOf(actor.page.locator(".catalog tbody tr .name"));
    },
  },
];

async function search(actor: Actor, words: string): Promise<void> {
  await actor.type(actor.page.getByRole("combobox", { name: /^Find/ }), words);
  await actor.page.getByRole("option").first().waitFor();
  await actor.press("Enter");
}

/** Each affected asset with each of its elements, as the table of the impact shows them. */
async function impactedElements({ page }: Actor): Promise<readonly string[]> {
  const rows = page.locator(".impact tbody tr");
  await rows.first().waitFor();
  const found: string[] = [];
  for (const row of await rows.all()) {
    const name = await row.locator("td:first-child .name").textContent();
    for (const element of await row.locator("td:nth-child(4) strong").allTextContents())
      found.push(`${name} ${element.replace(/:$/, "")}`);
  }
  return inOrder(found);
}

async function upstreamCards(actor: Actor, icon: string): Promise<readonly string[]> {
  await search(actor, "revenue overview");
  const { page } = actor;
  await page.locator(".lineage-node.center").waitFor();
  const cards = page.locator(".lineage-node:not(.center)", { has: page.locator(`.kind-icon.${icon}`) });
  return await textsOf(cards.locator(".first-line .name"));
}

/** Texts that are on the screen, and not only in the page. */
async function textsOf(elements: Locator): Promise<readonly string[]> {
  await elements.first().waitFor();
  const texts: string[] = [];
  for (const element of await elements.all()) {
    await element.scrollIntoViewIfNeeded();
    texts.push((await element.textContent()) ?? "");
  }
  return inOrder(texts);
}

function inOrder(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.replace(/\s+/g, " ").trim()))].sort();
}

function nodesOf({ assetGraph }: Definitions): readonly AssetNode[] {
  return [...assetGraph.nodes.values()];
}

function isKind({ spec, isStub }: AssetNode, kind: string): boolean {
  return kind === "table" ? isStub || spec.kinds.includes("table") : spec.kinds.includes(kind);
}

function namesOf(nodes: readonly AssetNode[], kind: string): readonly string[] {
  return inOrder(nodes.filter((node) => isKind(node, kind)).map((node) => resolvePresentation(node).name));
}

function upstreamOf(definitions: Definitions, name: string, kind: string): readonly string[] {
  const [node] = nodesOf(definitions).filter((each) => resolvePresentation(each).name === name);
  const { assetGraph } = definitions;
  const upstream = node === undefined ? [] : assetGraph.upstream(node.spec.key);
  return namesOf(
    upstream.flatMap((key) => assetGraph.get(key) ?? []),
    kind,
  );
}

function downstreamOf({ assetGraph }: Definitions, nodes: readonly AssetNode[]): readonly AssetNode[] {
  return nodes
    .flatMap(({ spec }) => assetGraph.downstream(spec.key))
    .flatMap((key) => assetGraph.get(key) ?? []);
}

/** The assets with a column that is computed from a column, in any number of steps. */
function readersOfColumn(definitions: Definitions, table: string, column: string): readonly AssetNode[] {
  return [...new Set(columnsComputedFrom(definitions, table, [column]).map(({ node }) => node))];
}

interface ComputedColumn {
  readonly node: AssetNode;
  /** Name of the asset. */
  readonly name: string;
  /** `Chart` for the column `Chart/Revenue`. */
  readonly element: string | null;
}

/** The columns that are computed from columns of a table, in any number of steps. */
function columnsComputedFrom(
  definitions: Definitions,
  table: string,
  columns: readonly string[],
): readonly ComputedColumn[] {
  const nodes = nodesOf(definitions);
  const idOf = (key: string, name: string): string => JSON.stringify([key, name]);
  const [start] = nodes.filter(({ spec }) => spec.key.path.at(-1) === table);
  const reached = new Set(columns.map((column) => idOf(start?.spec.key.toString() ?? "", column)));
  const computed = new Map<string, ComputedColumn>();
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const node of nodes) {
      const lineage = node.spec.metadata["dagster/column_lineage"];
      if (lineage?.type !== "table_column_lineage") continue;
      for (const [name, deps] of Object.entries(lineage.value.depsByColumn))
        if (deps.some(({ assetKey, columnName }) => reached.has(idOf(assetKey.toString(), columnName)))) {
          const id = idOf(node.spec.key.toString(), name);
          reached.add(id);
          const slash = name.indexOf("/");
          const element = slash > 0 ? name.slice(0, slash) : null;
          computed.set(id, { node, name: resolvePresentation(node).name, element });
        }
    }
  }
  return [...computed.values()];
}
