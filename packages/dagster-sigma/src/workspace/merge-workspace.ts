import { isDeepStrictEqual } from "node:util";
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { CommandError } from "../errors.ts";

/** The entry of a code location in Dagster's `workspace.yaml`. */
export interface WorkspaceEntry {
  readonly host: string;
  readonly port: number;
  readonly locationName: string;
  readonly hasTls: boolean;
}

/** The text of a `workspace.yaml` with one location. */
export function formatWorkspace(entry: WorkspaceEntry): string {
  return `load_from:\n${itemText(entry, "  ")}`;
}

/**
 * Adds a code location to the text of a `workspace.yaml`, or updates its address. Everything else, including comments and
 * layout, stays the same. Returns the same text if it already contains the location.
 *
 * @param file name of the file, for messages
 * @throws CommandError `WORKSPACE_NOT_MERGED` for a text that cannot be merged
 */
export function mergeWorkspace(text: string, entry: WorkspaceEntry, file: string): string {
  const unix = text.replaceAll("\r\n", "\n");
  const merged = merge(unix, entry, file);
  if (!isDeepStrictEqual(othersIn(merged, entry), othersIn(unix, entry)))
    throw refusal(
      file,
      "has a layout that cannot be extended",
      `Add this by hand:\n${formatWorkspace(entry)}`,
    );
  return unix === text ? merged : merged.replaceAll("\n", "\r\n");
}

function merge(text: string, entry: WorkspaceEntry, file: string): string {
  const root = readRoot(text, file);
  const pair = root?.items.find(({ key }) => isScalar(key) && key.value === "load_from");
  if (pair === undefined) return `${withNewline(text)}${formatWorkspace(entry)}`;
  const list = pair.value as Node | null;
  if (list === null || (isScalar(list) && list.value === null)) {
    const end = text.indexOf("\n", (pair.key as Node).range?.[1]);
    return insert(text, end < 0 ? text.length : end + 1, itemText(entry, "  "));
  }
  if (!isSeq(list))
    throw refusal(file, "has a load_from that is not a list", "Write each location as an item of a list.");
  const [same, ...others] = (list.items as readonly Node[]).filter((item) => isLocation(item, entry));
  if (others.length > 0)
    throw refusal(
      file,
      "has several locations with the name or the address of this one",
      "Remove all but one, or pass another --location-name.",
    );
  return same === undefined ? append(text, list, entry) : update(text, same, entry, file);
}

/** The top level of the file; null for a file without content. */
function readRoot(text: string, file: string): YAMLMap | null {
  const [document, second] = [...parseAllDocuments(text)];
  if (document === undefined) return null;
  const [error] = document.errors;
  const line = error?.linePos?.[0].line ?? 1;
  if (error?.code === "DUPLICATE_KEY")
    throw refusal(
      file,
      `has a key twice, the second time in line ${line}, of which Dagster uses only the last one`,
      "Merge the two by hand: one load_from with all locations.",
    );
  if (error !== undefined)
    throw refusal(file, `is not valid YAML: ${error.message.split("\n", 1)[0]}`, "Correct it first.");
  if (second !== undefined)
    throw refusal(file, "contains several YAML documents", "Keep one of them: Dagster reads only one.");
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return null;
  if (isMap(contents) && contents.flow !== true) return contents as YAMLMap;
  throw refusal(
    file,
    "does not consist of keys such as load_from, each in its own line",
    "Pass another file.",
  );
}

/** Whether an item of `load_from` has the name or the address of this location. */
function isLocation(item: Node, { host, port, locationName }: WorkspaceEntry): boolean {
  const location = isMap(item) ? item.items[0]?.value : null;
  if (!isMap(location)) return false;
  if (location.get("location_name") === locationName) return true;
  return location.get("host") === host && location.get("port") === port;
}

function append(text: string, list: YAMLSeq, entry: WorkspaceEntry): string {
  const items = list.items as readonly Node[];
  const [start, end] = list.range ?? [0, 0];
  if (list.flow === true) {
    const { host, port, locationName, hasTls } = entry;
    const server = { host, port, location_name: locationName, ...(hasTls ? { ssl: true } : {}) };
    const item = stringify({ grpc_server: server }, { collectionStyle: "flow", lineWidth: 0 }).trim();
    const before = items.length === 0 ? text.slice(0, start + 1) : `${text.slice(0, end - 1).trimEnd()}, `;
    return `${before}${item}]${text.slice(end)}`;
  }
  const dash = text.lastIndexOf("-", (items[0]?.range?.[0] ?? 1) - 1);
  const indent = " ".repeat(dash - (text.lastIndexOf("\n", dash) + 1));
  return insert(text, items.at(-1)?.range?.[2] ?? end, itemText(entry, indent));
}

/** Replaces the address of the location. */
function update(text: string, item: Node, entry: WorkspaceEntry, file: string): string {
  const { host, port, locationName, hasTls } = entry;
  const server = isMap(item) ? item.get("grpc_server") : null;
  if (!isMap(server))
    throw refusal(
      file,
      `has another location with the name "${locationName}"`,
      "Names are unique in Dagster: pass another --location-name.",
    );
  if ((server.get("ssl") === true) !== hasTls)
    throw refusal(
      file,
      `has this location ${hasTls ? "without" : "with"} ssl: true`,
      hasTls ? "Add ssl: true to it." : "Remove it there, or pass --tls-cert and --tls-key.",
    );
  const values = [
    { node: server.get("host", true), value: host },
    { node: server.get("port", true), value: port },
  ].map(({ node, value }) => {
    const range = isScalar(node) ? node.range : null;
    if (range == null)
      throw refusal(
        file,
        "has this location without a host and a port as plain values",
        `Write ${host} and ${port}.`,
      );
    return { start: range[0], end: range[1], isSame: isScalar(node) && node.value === value, value };
  });
  return values
    .filter(({ isSame }) => !isSame)
    .sort((a, b) => b.start - a.start)
    .reduce(
      (now, { start, end, value }) => `${now.slice(0, start)}${stringify(value).trim()}${now.slice(end)}`,
      text,
    );
}

/** Everything but this location. */
function othersIn(text: string, { locationName, host, port }: WorkspaceEntry): unknown {
  const [document] = [...parseAllDocuments(text)];
  const { load_from: list, ...rest } = (document?.toJS() ?? {}) as {
    readonly load_from?: readonly object[] | null;
  };
  const isThis = (item: object): boolean => {
    const [location] = Object.values(item) as readonly Readonly<Record<string, unknown>>[];
    const { location_name: name, host: itsHost, port: itsPort } = location ?? {};
    return name === locationName || (itsHost === host && itsPort === port);
  };
  return [rest, (list ?? []).filter((item) => !isThis(item))];
}

function itemText({ host, port, locationName, hasTls }: WorkspaceEntry, indent: string): string {
  const lines = [
    "- grpc_server:",
    `    host: ${stringify(host).trim()}`,
    `    port: ${port}`,
    `    location_name: ${stringify(locationName).trim()}`,
    ...(hasTls ? ["    ssl: true"] : []),
  ];
  return lines.map((line) => `${indent}${line}\n`).join("");
}

function insert(text: string, at: number, lines: string): string {
  return `${withNewline(text.slice(0, at))}${lines}${text.slice(at)}`;
}

function withNewline(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function refusal(file: string, what: string, hint: string): CommandError {
  return new CommandError("WORKSPACE_NOT_MERGED", `${file} ${what}.`, hint);
}
