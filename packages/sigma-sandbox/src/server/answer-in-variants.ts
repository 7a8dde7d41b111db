import type { RouteContext } from "./routes.ts";
import type { VariantRule } from "./variant-rule.ts";
import type { AnswerContext, AnswerRow, ChangedAnswers } from "./variants/answer-change.ts";
import { wireVariants } from "./variants/wire-variants.ts";

/** Returns the rows of a route in the forms that apply to the request. */
export function answerInVariants(
  route: string,
  context: RouteContext,
  rows: () => readonly object[],
): readonly object[] {
  if (context.variants.length === 0) return rows();
  const about = contextOf(context);
  const changes = context.variants
    .filter(({ document }) => document === undefined || document === about.document?.id)
    .flatMap(({ variant }) => changesOf(variant)[route] ?? []);
  return changes.reduce((changed, change) => change(changed, about), rows() as readonly AnswerRow[]);
}

function changesOf(variant: VariantRule["variant"]): ChangedAnswers {
  return typeof variant === "string" ? wireVariants[variant].answers : variant;
}

function contextOf({ directory, part }: RouteContext): AnswerContext {
  const [workbookId, dataModelId] = [part("workbookId"), part("dataModelId")];
  const document =
    workbookId !== ""
      ? directory.workbook(workbookId)
      : dataModelId !== ""
        ? directory.dataModel(dataModelId)
        : null;
  return { organization: directory.organization, document, part };
}
