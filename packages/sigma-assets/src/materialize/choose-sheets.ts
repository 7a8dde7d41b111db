import { MaterializeError } from "../errors.ts";
import { describeTarget, type MaterializeTarget } from "./materialize-target.ts";
import { type ScheduledSheet, sheetName } from "./scheduled-sheet.ts";

/** How a schedule is created in Sigma, from the page "Materialize a data element" of Sigma's documentation. */
const scheduleHint =
  "In Sigma, edit the document, open the menu of an element, choose to schedule its materialization, and publish. " +
  "The connection must allow write access.";

/**
 * The sheets to materialize: all scheduled ones, or those named by the name or id of their element or by the id of the sheet.
 *
 * @throws MaterializeError `NO_MATERIALIZATION_SCHEDULE`, `ELEMENT_NOT_SCHEDULED` or `ELEMENT_AMBIGUOUS`
 */
export function chooseSheets(
  target: MaterializeTarget,
  sheets: readonly ScheduledSheet[],
  elements: readonly string[] | undefined,
): readonly ScheduledSheet[] {
  if (sheets.length === 0)
    throw new MaterializeError({
      code: "NO_MATERIALIZATION_SCHEDULE",
      message: `Sigma cannot materialize ${describeTarget(target)}: it has no materialization schedule.`,
      hint: scheduleHint,
    });
  if (elements === undefined) return sheets;
  const chosen = new Set(elements.map((element) => chooseOne(target, sheets, element)));
  return sheets.filter((sheet) => chosen.has(sheet));
}

/** An id takes precedence over a name. */
function chooseOne(
  target: MaterializeTarget,
  sheets: readonly ScheduledSheet[],
  element: string,
): ScheduledSheet {
  const byId = sheets.filter(({ sheetId, elementId }) => element === sheetId || element === elementId);
  const wanted = element.normalize("NFC").toLowerCase();
  const byName = sheets.filter(({ elementName }) => elementName?.normalize("NFC").toLowerCase() === wanted);
  const found = byId.length > 0 ? byId : byName;
  const [only] = found;
  if (only === undefined)
    throw new MaterializeError({
      code: "ELEMENT_NOT_SCHEDULED",
      message: `${capitalized(describeTarget(target))} has no materialization schedule for the element "${element}".`,
      hint: `Elements with a schedule: ${sheets.map(nameWithId).join(", ")}.`,
    });
  if (found.length > 1)
    throw new MaterializeError({
      code: "ELEMENT_AMBIGUOUS",
      message: `${capitalized(describeTarget(target))} has several elements named "${element}".`,
      hint: `Use an id: ${found.map(nameWithId).join(", ")}.`,
    });
  return only;
}

function nameWithId(sheet: ScheduledSheet): string {
  const id = sheet.elementId ?? sheet.sheetId;
  return `"${sheetName(sheet)}"${id === null ? "" : ` (${id})`}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
