import type { DiagnosticObject } from "@dagster-sigma/foundation";
import { documentKindNames, documentKinds } from "../../state/document-kinds.ts";

/** The kind and name of an object in a message, for example `data model "Orders"`. */
export function nameObject({ type, name }: DiagnosticObject): string {
  const title = documentKindNames.find((kind) => kind === type);
  return `${title === undefined ? type : documentKinds[title].title} "${name}"`;
}
