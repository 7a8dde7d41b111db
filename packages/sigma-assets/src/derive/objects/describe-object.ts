import type { DiagnosticObject } from "@dagster-sigma/foundation";
import { type NamedObject, nameOf } from "./organization-objects.ts";

/** The description of an object in diagnostics. */
export function describeObject(object: NamedObject): DiagnosticObject {
  const { type, id, properties } = object;
  const url = typeof properties["url"] === "string" ? properties["url"] : null;
  return { type, id, name: nameOf(object), url };
}
