import { errorText } from "@dagster-sigma/foundation";
import { type Document, type ParsedNode, parseAllDocuments } from "yaml";
import { scalarTags } from "./scalar-tags.ts";
import { YamlDocument } from "./yaml-document.ts";
import { type YamlPlace, YamlSource } from "./yaml-source.ts";

/** Aliases that a file may resolve to; more would be an attack on the memory. */
const maxAliasCount = 100;

/**
 * Reads the documents of a component file as Dagster's loader does. Unlike there, a key that stands twice is an error.
 *
 * @throws ComponentError `COMPONENT_FILE_INVALID` with the place
 */
export function readYaml(file: string, text: string): readonly YamlDocument[] {
  const source = new YamlSource(file, text);
  const documents = parseAllDocuments(text, {
    version: "1.1",
    merge: true,
    prettyErrors: false,
    lineCounter: source.lineCounter,
    customTags: scalarTags,
  });
  return Array.isArray(documents) ? documents.map((document) => readDocument(source, document)) : [];
}

function readDocument(source: YamlSource, document: Document.Parsed<ParsedNode>): YamlDocument {
  const refuse = (place: YamlPlace, message: string, code?: string): never => {
    throw source.errorAt(place, {
      code: "COMPONENT_FILE_INVALID",
      message: `The YAML is not valid: ${message.replace(/\.$/, "")}.`,
      hint: hints[code ?? ""],
    });
  };
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) return refuse(source.placeAt(problem.pos[0]), problem.message, problem.code);
  try {
    return new YamlDocument(source, document.contents, document.toJS({ maxAliasCount }));
  } catch (thrown) {
    // An alias without an anchor, or too many.
    const message = errorText(thrown);
    const name = /: ([^\s:]+)$/.exec(message)?.[1];
    const offset = name === undefined ? -1 : source.text.indexOf(`*${name}`);
    return refuse(source.placeAt(Math.max(0, offset)), message, "BAD_ALIAS");
  }
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "Indent with spaces.",
  DUPLICATE_KEY: "Remove one of the two.",
  BAD_ALIAS: "An alias (*name) needs an anchor (&name) before it.",
  TAG_RESOLVE_FAILED: "Only the tags of YAML itself are read.",
};
