import type { ChangedAnswers } from "./variants/answer-change.ts";
import type { WireVariant } from "./variants/wire-variants.ts";

/** Where the API answers in another form than usual. */
export interface VariantRule {
  /** A form that others documented or observed (see `wireVariants`), or any other change of answers. */
  readonly variant: WireVariant | ChangedAnswers;
  /** Id of the workbook or data model whose answers have this form (default: all answers of the organization). */
  readonly document?: string;
}
