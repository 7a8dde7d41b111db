import {
  type AnswerChange,
  type ChangedAnswers,
  elementOf,
  type Organization,
  OrganizationBuilder,
} from "@dagster-sigma/sigma-sandbox";
import { canary, canaryLetters, canaryName, canaryNumber } from "./canaries.ts";

/** An organization whose members named everything with canaries: names, paths, texts, SQL, formulas, comments. */
export function canaryOrganization(): Organization {
  const company = new OrganizationBuilder({ slug: canary(), name: canaryName() });
  const owner = company.member(`${canary()} ${canary()}`, `${canary()}@${canary()}.example`, {
    memberType: canaryName(),
  });
  company.team(canaryName(), canaryName(), [owner]);
  const tag = company.versionTag(canaryName(), canaryName(), owner);
  const warehouse = company.connection(canaryName(), "snowflake", owner, {
    account: canary(),
    warehouse: canary(),
  });
  const [key, amount] = [`${canary().toUpperCase()}_ID`, canary().toUpperCase()];
  const path = [canary().toUpperCase(), `${canary()}.${canary()}`, `${canaryName()} "${canary()}"`];
  const table = company.table(warehouse, path, { [key]: "text", [amount]: "number" }, { badge: "Endorsed" });
  const [shownKey = "", shownAmount = ""] = [key, amount].map((name) =>
    `${name[0]}${name.slice(1).toLowerCase()}`.replace("_id", " Id"),
  );
  const model = company.dataModel(
    `${canary()}/${canaryName()}`,
    canaryName(),
    { owner, tags: [[tag, 1]] },
    (content) => {
      const element = content
        .page(canaryName())
        .table(canaryName(), { from: table, columns: [shownKey, shownAmount] });
      content.materialize(element, "0 5 * * *");
    },
  );
  const dataset = company.dataset(canary(), canaryName(), {
    owner,
    from: [table],
    description: canaryName(),
    migratedTo: model,
  });
  company.workbook(
    `${canary()}/${canary()}`,
    canaryName(),
    { owner, description: canaryName(), tags: [[tag, 1]] },
    (content) => {
      const [element = ""] = model.content.pages.flatMap(({ elements }) => elements.map(({ name }) => name));
      const from = elementOf(model, element);
      const alias = canary();
      const written = path.map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
      const definition = [
        `with ${alias} as (select ${key}, ${canary()}(${amount}) as OUT_${canary()} from ${written}) -- ${canary()}`,
        `select ${key}, '${canary()} ${canaryLetters}' as "${canaryName()}" /* ${canary()} */ from ${alias}`,
        `where ${amount} > ${canaryNumber} and ${key} <> $$${canary()}$$ // ${canary()}`,
      ].join("\n");
      const output = { name: key, type: "text" as const };
      const sql = content.sql(warehouse, definition, [table], [{ output, from: [[table, key]] }]);
      const reference = { names: [element, shownAmount], from: [{ source: from, column: shownAmount }] };
      const formula = [
        `${canary()}(`,
        reference,
        `, "${canary()}", '${canary()}') /* ${canary()} */ + ${canaryNumber} // ${canary()}`,
      ];
      content
        .page(canaryName())
        .table(canaryName(), { from, columns: [shownKey, { name: canaryName(), parts: formula }] });
      content.table(canaryName(), { from: sql, columns: [shownKey] });
      content.chart(canaryName(), "bar", { from: dataset, columns: [shownKey] });
      content.decoration(canaryName(), "text");
    },
  );
  return company.build();
}

/** Adds unknown fields to all rows, and canaries to fields that the organization has no texts for. */
const odd: AnswerChange = (rows) =>
  rows.map((row) => ({
    ...row,
    [canary()]: canary(),
    nested: { [canary()]: [canary(), { [canary()]: canary() }] },
    message: canaryName(),
    error: canaryName(),
    host: `${canary()}.example`,
    lastSeenDate: canary(),
  }));

export const canaryAnswers: ChangedAnswers = Object.fromEntries(
  `/v2/whoami /v2/workbooks /v2/dataModels /v2/datasets /v2/files /v2/connections /v2/connections/paths /v2/members
  /v2/workbooks/{workbookId}/elements /v2/workbooks/{workbookId}/columns /v2/workbooks/{workbookId}/lineage
  /v2/dataModels/{dataModelId}/elements /v2/dataModels/{dataModelId}/columns /v2/dataModels/{dataModelId}/lineage
  /v2/dataModels/{dataModelId}/materializationSchedules /v2/workbooks/{workbookId}/materialization-schedules
  /v2/datasets/{datasetId}/sources /v2/connections/tables/{tableId}/columns`
    .split(/\s+/)
    .map((route) => [route, odd]),
);
