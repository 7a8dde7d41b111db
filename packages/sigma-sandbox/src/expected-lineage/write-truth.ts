import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Organization } from "../organization/organization.ts";
import { trueColumnEdges, trueEdges } from "./true-edges.ts";

/**
 * Writes the expected lineage of an organization to a file, one JSON object per line: objects, edges and column edges.
 * Rejects if the file cannot be written.
 */
export async function writeTruth(organization: Organization, file: string): Promise<void> {
  await pipeline(Readable.from(truthLines(organization)), createWriteStream(file));
}

function* truthLines(organization: Organization): Generator<string> {
  for (const line of truth(organization)) yield `${JSON.stringify(line)}\n`;
}

function* truth(organization: Organization): Generator<object> {
  for (const { id, path, connection } of organization.tables)
    yield { kind: "object", type: "table", id, path, connectionId: connection.id, platform: connection.type };
  for (const { kind: type, id, name, path, isArchived } of organization.datasets)
    yield { kind: "object", type, id, name, folder: path, isArchived };
  for (const { kind: type, id, name, path, isArchived, isListed } of organization.dataModels)
    yield { kind: "object", type, id, name, folder: path, isArchived, isListed };
  for (const { kind: type, id, name, path, isArchived } of organization.workbooks)
    yield { kind: "object", type, id, name, folder: path, isArchived };
  for (const edge of trueEdges(organization)) yield { kind: "edge", ...edge };
  for (const edge of trueColumnEdges(organization)) yield { kind: "columnEdge", ...edge };
}
