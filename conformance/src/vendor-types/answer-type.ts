import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseSync, type TSInterfaceDeclaration, type TSSignature, type TSType } from "oxc-parser";
import { conformanceFolder } from "../python/conformance-folder.ts";

/** Any JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

/** A type of the vendor, as far as JSON has types. */
export type AnswerType =
  | { readonly kind: "text" | "number" | "flag" | "open" }
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly item: AnswerType }
  | { readonly kind: "oneOf"; readonly arms: readonly AnswerType[] }
  | ObjectType;

/** The type of an object with fields, or of one with any keys. */
export interface ObjectType {
  readonly kind: "object";
  readonly fields: readonly AnswerField[];
  /** Type of the values under any other key; null without other keys. */
  readonly values: AnswerType | null;
}

/** A field of an object. */
export interface AnswerField {
  readonly name: string;
  readonly type: AnswerType;
  readonly isOptional: boolean;
}

/** The types of responses in Sigma's OpenAPI description, from the npm package sigma-computing-rest-api-sdk. */
export class VendorTypes {
  readonly #interfaces: ReadonlyMap<string, TSInterfaceDeclaration>;

  constructor() {
    const text = readFileSync(declarationFile(), "utf8");
    // Methods of the package follow the types of the API.
    const { program } = parseSync("api.d.ts", text.slice(0, text.indexOf("interface ThrottleRetryConfig")));
    this.#interfaces = new Map(
      program.body.flatMap((node) =>
        node.type === "TSInterfaceDeclaration" ? [[node.id.name, node] as const] : [],
      ),
    );
  }

  /** Whether a route exists with a method; an example of a route is `/v2/workbooks/{workbookId}`. */
  hasRoute(method: string, route: string): boolean {
    // The generator writes `never` for a method that a route does not have.
    return (
      this.#in(this.#in(this.#interface("paths"), route), method.toLowerCase())?.type ===
      "TSIndexedAccessType"
    );
  }

  /** The type of the response to a GET request; null for a route that the package does not know. */
  responseTo(route: string): AnswerType | null {
    const operation = this.#in(this.#in(this.#interface("paths"), route), "get");
    if (operation?.type !== "TSIndexedAccessType" || operation.indexType.type !== "TSLiteralType")
      return null;
    const { literal } = operation.indexType;
    const name = literal.type === "Literal" ? String(literal.value) : "";
    const responses = this.#in(this.#in(this.#interface("operations"), name), "responses");
    const json = this.#in(this.#in(this.#in(responses, "200"), "content"), "application/json");
    return json === null ? null : typeOf(json);
  }

  #interface(name: string): readonly TSSignature[] {
    return this.#interfaces.get(name)?.body.body ?? [];
  }

  #in(parent: TSType | readonly TSSignature[] | null, name: string): TSType | null {
    if (parent === null || ("type" in parent && parent.type !== "TSTypeLiteral")) return null;
    const members = "type" in parent ? parent.members : parent;
    const found = members.find((member) => nameOf(member) === name);
    return found?.type === "TSPropertySignature" ? (found.typeAnnotation?.typeAnnotation ?? null) : null;
  }
}

function declarationFile(): string {
  const main = createRequire(join(conformanceFolder, "package.json")).resolve("sigma-computing-rest-api-sdk");
  return join(main, "..", "index.d.ts");
}

function nameOf(member: TSSignature): string | null {
  if (member.type !== "TSPropertySignature") return null;
  const { key } = member;
  return key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : null;
}

function typeOf(type: TSType): AnswerType {
  switch (type.type) {
    case "TSStringKeyword":
      return { kind: "text" };
    case "TSNumberKeyword":
      return { kind: "number" };
    case "TSBooleanKeyword":
      return { kind: "flag" };
    case "TSNullKeyword":
      return { kind: "value", value: null };
    case "TSParenthesizedType":
      return typeOf(type.typeAnnotation);
    case "TSArrayType":
      return { kind: "list", item: typeOf(type.elementType) };
    case "TSLiteralType":
      return type.literal.type === "Literal" ? literal(type.literal.value) : { kind: "open" };
    case "TSUnionType":
      return { kind: "oneOf", arms: type.types.map(typeOf).flatMap(armsOf) };
    case "TSIntersectionType":
      return type.types.map(typeOf).reduce(both);
    case "TSTypeLiteral":
      return objectOf(type.members);
    default:
      // `Record<string, never>` stands for an object without a description.
      return { kind: "open" };
  }
}

function literal(value: unknown): AnswerType {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return { kind: "value", value };
  return { kind: "open" };
}

function objectOf(members: readonly TSSignature[]): ObjectType {
  const fields = members.flatMap((member): readonly AnswerField[] => {
    const name = nameOf(member);
    if (name === null || member.type !== "TSPropertySignature" || member.typeAnnotation == null) return [];
    return [{ name, type: typeOf(member.typeAnnotation.typeAnnotation), isOptional: member.optional }];
  });
  const index = members.find((member) => member.type === "TSIndexSignature");
  const values = index?.type === "TSIndexSignature" ? typeOf(index.typeAnnotation.typeAnnotation) : null;
  return { kind: "object", fields, values };
}

function armsOf(type: AnswerType): readonly AnswerType[] {
  return type.kind === "oneOf" ? type.arms : [type];
}

/** The generator of the package writes `null & A` for an A that may be null. */
function both(a: AnswerType, b: AnswerType): AnswerType {
  if (isNull(a) || isNull(b)) return { kind: "oneOf", arms: [...armsOf(a), ...armsOf(b)] };
  if (a.kind === "oneOf") return { kind: "oneOf", arms: a.arms.map((arm) => both(arm, b)) };
  if (b.kind === "oneOf") return { kind: "oneOf", arms: b.arms.map((arm) => both(a, arm)) };
  if (a.kind !== "object" || b.kind !== "object") return a.kind === "object" ? a : b;
  return { kind: "object", fields: [...a.fields, ...b.fields], values: a.values ?? b.values };
}

function isNull(type: AnswerType): boolean {
  return armsOf(type).some((arm) => arm.kind === "value" && arm.value === null);
}
