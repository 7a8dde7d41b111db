import { canary, canaryLetters, canaryName, canaryNumber, canaryWord } from "./canaries.ts";

/** The forms of texts in Sigma's answers, all with canaries in every part. */
const forms: readonly (() => string)[] = [
  canary,
  () => canary().toUpperCase(),
  canaryName,
  () => `${canaryLetters}${canary()}`,
  () => canaryNumber,
  () => `${canary()}@${canary()}.example`,
  () =>
    `https://${canary()}.example/${canary()}/workbook/${canary()}-3g0gNSNPZCPW222NxC6YYg?:nodeId=${canary()}#${canary()}`,
  () => `https://app.sigmacomputing.com/${canary()}/${canary()}/${canary()}`,
  () => `${canary()} 2026-01-01T00:00:00.000Z`,
  () => `2026-01-01T00:00:00.000Z ${canary()}`,
  () => `${canary()} * * * *`,
  () => `Europe/${canary()}`,
  () => `inode-${canary()}/${canary()}`,
  () => `inode-3g0gNSNPZCPW222NxC6YYg/${canary().toUpperCase()}`,
  () => `3g0gNSNPZCPW222NxC6YYg/${canary()}`,
  () => `Connection Root/${canary()}/${canary()}`,
  () => `Union of ${canaryNumber} Sources`,
  () => Buffer.from(canaryWord).toString("base64"),
  () => Buffer.from(canaryWord).toString("hex"),
  () => JSON.stringify({ [canary()]: canary() }),
  () => `true ${canary()}`,
  () => `table\n${canary()}`,
  canarySql,
  canaryFormula,
];

/** SQL with a canary in each kind of token, comments included. */
function canarySql(): string {
  return [
    `with ${canary()} as (select ${canary()}.${canary()}(${canary()}, '${canary()} it''s') from "${canary()} "" ${canary()}") -- ${canary()}`,
    `/* ${canary()} /* nested */ ${canary()} */ select ${canary()} as "${canary()}", \`${canary()}.${canary()}\`, [${canary()}],`,
    `$$ ${canary()} $$, $${canary()}$ ${canary()} $${canary()}$, {{${canary()}}}, {% ${canary()} %}, @${canary()}/${canary()}, :${canary()},`,
    `E'${canary()} \\' ${canary()}', r'${canary()}', ${canaryNumber}, ${canaryNumber}.${canaryNumber}, 0x${canaryNumber}, 1e${canaryNumber},`,
    `${canaryLetters}, x:${canary()}.${canary()}::${canary()}, """${canary()}""", date_trunc('${canary()}', x), #${canary()}`,
    `from ${canary()}-${canary()}.${canary()}.${canary()} // ${canary()}`,
    `-- Sigma Σ {"request-id":"${canary()}","email":"${canary()}@${canary()}.example"}`,
    `where x = '${canary()}`,
  ].join("\n");
}

/** A formula with a canary in each kind of token, comments included. */
function canaryFormula(): string {
  return [
    `${canary()}([${canary()}\\/${canary()}/${canaryLetters}], "${canary()} \\" ${canary()}", '${canary()} ${canary()}')`,
    `Sum([${canary()}]) + ${canary()} + ${canaryNumber} // ${canary()}`,
    `/* ${canary()} */ ${canaryLetters} -- ${canary()}`,
    `[${canary()}`,
  ].join("\n");
}

const lineageTypes = [
  "element",
  "table",
  "dataset",
  "data-model",
  "customSQL",
  "csv-upload",
  "semantic-view",
];
const kinds = ["warehouse-table", "sql", "table", "data-model", "join", "union", "transpose"];

/** Texts by the field that they are in; the same form in every field. */
const textFields: readonly string[] =
  `account addedBy badge color columnId code configuredAt connectionId createdAt createdBy cronSpec csvId customSqlId
  dataModelId dataModelUrl dataModelUrlId datasetId datasourceId definition description documentId elementId elementName email
  error expiredAt finishedAt firstName folderId formula homeFolderId host httpPath id inodeId inodeName joinType label lastActiveAt
  lastName left materializationId materializationWarehouse memberId memberType message migratedAt migratedBy migrationStatus name
  nodeId op organizationId outputColumnName owner ownerId pageId parentId parentUrlId path permission profileImgUrl publishedAt
  publishedBy readyAt reportId reportUrlId requestId right role semanticViewId semanticViewTable sheetId source sql sqlDocumentId
  startedAt statement status tableId tagName taggedAt taggedBy taggedReportId taggedWorkbookId target teamId timezone updatedAt
  updatedBy url urlId user userId userKind versionTagId visibility vizualizationType warehouse workbookId workbookTaggedAt workbookUrlId
  workspaceId workspaceUrlId worksheetId layout schemaVersion latestVersion documentVersion isArchived version hidden total
  unknownDate unknownAt someId someIds someBy`.split(/\s+/);

/** Fields of objects within rows. */
const innerFields: readonly string[] =
  `code connectionId cronSpec dataModelId dataModelUrl elementId formula id inodeId joinType kind label left message migratedAt
  migratedBy name nodeId op outputColumnName requestId right source statement tagName taggedAt target timezone type versionTagId
  unknownDate someId`.split(/\s+/);

const withTexts = (fields: readonly string[], form: () => string): object =>
  Object.fromEntries(fields.map((field) => [field, form()]));

/** An object with all texts of inner objects, unknown fields, and fields with unknown names. */
function innerOf(form: () => string): object {
  return {
    ...withTexts(innerFields, form),
    [form()]: form(),
    [canary()]: { [form()]: [form(), { [form()]: form() }] },
  };
}

/** The elements of a code representation, with sources of every kind. */
function specOf(form: () => string, index: number): object {
  const part = (): object => ({ ...innerOf(form), kind: kinds[index % kinds.length], path: [form()] });
  const element = (): object => ({
    ...innerOf(form),
    source: {
      ...part(),
      primarySource: part(),
      source: part(),
      joins: [{ ...part(), left: part(), right: part(), columns: [part()] }],
      sources: [part()],
      matches: [{ ...innerOf(form), sourceColumns: [form(), null] }],
    },
    columns: [innerOf(form)],
    metrics: [innerOf(form)],
  });
  return { pages: [{ ...innerOf(form), elements: [element(), form()] }, form()], elements: [element()] };
}

/** A row that has every field of every route but code representations. */
function rowOf(form: () => string, index: number): object {
  const type = index % 3 === 0 ? form() : (lineageTypes[index % lineageTypes.length] ?? "");
  return {
    ...withTexts(textFields, form),
    ...innerOf(form),
    type: index % 2 === 0 ? type : innerOf(form),
    ...(index % 4 === 1 ? { error: innerOf(form), path: [form(), form()], semanticViewTable: [form()] } : {}),
    schedule: innerOf(form),
    tags: [innerOf(form), form()],
    migrationToDataModel: innerOf(form),
    columns: [form(), form()],
    elementIds: [form()],
    members: [form()],
    sourceIds: [form()],
    dataSourceIds: [form()],
    dependencies: { [form()]: { ...innerOf(form), type }, [form()]: form() },
    edges: [innerOf(form), form()],
  };
}

/** Rows with all fields, one for each form of texts. */
export function canaryRows(): readonly unknown[] {
  return [
    ...forms.map(rowOf),
    ...lineageTypes.map((type) => ({ ...withTexts(textFields, canaryName), type })),
    canaryName(),
    [canaryName()],
  ];
}

/** An object with all fields, in the form of a name, of SQL, of a formula, … */
export function canaryObject(form: number): object {
  const texts = forms[form % forms.length] ?? canary;
  return { ...rowOf(texts, form), ...specOf(texts, form) };
}

export const formCount: number = forms.length;
