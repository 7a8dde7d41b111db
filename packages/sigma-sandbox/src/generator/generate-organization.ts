import QuickLRU from "quick-lru";
import type { DocumentContent, Organization } from "../organization/organization.ts";
import { OrganizationBuilder } from "../organization/organization-builder.ts";
import { generateDataset } from "./generate-dataset.ts";
import { generateDataModel, generateWorkbook, type WorkbookSize } from "./generate-documents.ts";
import { generateConnections, generateTable } from "./generate-tables.ts";
import { personName } from "./generated-names.ts";
import { GenerationPlan, type Profile } from "./generation-plan.ts";
import { countOf } from "./sizes.ts";

/** Options of a generated organization. */
export interface GenerateOptions {
  /** Number of workbooks. */
  readonly workbooks: number;
  /** Seed of all random choices (default: 1). */
  readonly seed?: number | string;
  /** Which features the organization contains (default: `full`). */
  readonly profile?: Profile;
  /** Fixed size of every workbook (default: random). */
  readonly workbookSize?: WorkbookSize;
}

/** Maximum number of workbooks whose content is cached; the content of others is generated again on access. */
const keptContents = 1_000;

/**
 * Generates an organization of any size. Each object depends only on the seed and its own number, so a larger
 * organization contains the smaller one of the same seed unchanged.
 *
 *     const organization = generateOrganization({ workbooks: 500, seed: 7 });
 */
export function generateOrganization(options: GenerateOptions): Organization {
  const { workbooks, seed = 1, profile = "full", workbookSize = null } = options;
  const plan = new GenerationPlan({ seed: String(seed), profile });
  const builder = new OrganizationBuilder({
    slug: `generated-${seed}`,
    name: `Organization ${seed}`,
    workbookContents: new QuickLRU<string, DocumentContent>({ maxSize: keptContents }),
  });
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

  for (const index of numbers(countOf("member", workbooks))) addMember(builder, plan, index);
  addTeamsAndTags(builder, plan);
  plan.connections = generateConnections(builder, plan);
  for (const index of numbers(countOf("table", workbooks)))
    plan.tables.push(generateTable(builder, plan, index));
  for (const index of numbers(countOf("dataModel", workbooks)))
    plan.dataModels.push(generateDataModel(builder, plan, index));
  for (const index of numbers(countOf("dataset", workbooks)))
    plan.datasets.push(generateDataset(builder, plan, index));
  for (const index of numbers(workbooks)) generateWorkbook(builder, plan, index, workbookSize);
  return builder.build();
}

function addMember(builder: OrganizationBuilder, plan: GenerationPlan, index: number): void {
  const random = plan.random("member", index);
  const name = personName(random);
  const local = name.toLowerCase().replace(/[^a-z]+/g, ".");
  plan.members.push(
    builder.member(name, `${local}${index + 1}@company.example`, {
      isInactive: random.chance(10),
      isArchived: random.chance(3),
    }),
  );
}

function addTeamsAndTags(builder: OrganizationBuilder, plan: GenerationPlan): void {
  const [first, second, third] = plan.members;
  if (first === undefined || second === undefined || third === undefined) return;
  builder.team("Analytics", "Everybody who builds.", [first, second]);
  builder.team("Finance", null, [third]);
  for (const [name, description] of [
    ["Production", "What everybody sees."],
    ["QA", "Under test."],
    ["Board / Q3", "For the board."],
  ] as const)
    plan.versionTags.push(builder.versionTag(name, description, first));
}
