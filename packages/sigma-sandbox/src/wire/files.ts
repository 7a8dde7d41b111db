import { urlIdOf } from "../organization/base62.ts";
import { Identifiers } from "../organization/identifiers.ts";
import type { Audit, Organization } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";
import { scopeId } from "./connections.ts";

type FileType = "workspace" | "folder" | "workbook" | "dataset" | "data-model" | "table";

export interface FileEntry extends AuditEntry {
  readonly id: string;
  readonly urlId: string;
  readonly name: string;
  readonly type: FileType;
  readonly parentId: string;
  readonly parentUrlId: string;
  readonly permission: "view" | "edit";
  readonly path: string;
  readonly badge: string | null;
  readonly isArchived: boolean;
  readonly ownerId: string | null;
}

/** All objects in folders, including tables and workspaces, except unlisted ones. */
export function fileEntries(organization: Organization): FileEntry[] {
  return [...workspaceEntries(organization), ...documentEntries(organization), ...tableEntries(organization)];
}

/** Id of a workspace or folder by its path. */
export function folderId(organization: Organization, path: string): string {
  return new Identifiers(organization.slug).uuid(`folder/${path}`);
}

/** Paths of all folders in use, workspaces (one name) first within their branch. */
function folderPaths(organization: Organization): readonly string[] {
  const documents = [...organization.workbooks, ...organization.dataModels, ...organization.datasets];
  const paths = documents.flatMap(({ path }) => {
    const names = path.split("/");
    return names.map((_, index) => names.slice(0, index + 1).join("/"));
  });
  return [...new Set(paths)].sort();
}

function workspaceEntries(organization: Organization): FileEntry[] {
  const [first] = organization.members;
  if (first === undefined) return [];
  return folderPaths(organization).map((path) => {
    const parent = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    const id = folderId(organization, path);
    const audit = {
      id,
      createdAt: first.createdAt,
      updatedAt: first.createdAt,
      createdBy: first,
      updatedBy: first,
    };
    return entry(organization, audit, {
      name: path.slice(path.lastIndexOf("/") + 1),
      type: parent === "" ? "workspace" : "folder",
      path: parent,
      badge: null,
      isArchived: false,
      ownerId: first.id,
    });
  });
}

function documentEntries(organization: Organization): FileEntry[] {
  return [
    ...organization.workbooks.map((workbook) => ({ document: workbook, type: "workbook" as const })),
    ...organization.dataModels
      .filter((model) => model.isListed)
      .map((model) => ({ document: model, type: "data-model" as const })),
    ...organization.datasets.map((dataset) => ({ document: dataset, type: "dataset" as const })),
  ].map(({ document, type }) =>
    entry(organization, document, {
      name: document.name,
      type,
      path: document.path,
      badge: document.badge,
      isArchived: document.isArchived,
      ownerId: document.owner.id,
    }),
  );
}

function tableEntries(organization: Organization): FileEntry[] {
  return organization.tables
    .filter((table) => table.isListed)
    .map((table) => {
      const scope = table.path.slice(0, -1);
      const parentId = scopeId(organization, table.connection, scope);
      return {
        ...entry(organization, table, {
          name: table.path.at(-1) ?? "",
          type: "table",
          path: ["Connection Root", ...scope].join("/"),
          badge: table.badge,
          isArchived: false,
          ownerId: null,
        }),
        parentId,
        parentUrlId: urlIdOf(parentId),
      };
    });
}

function entry(
  organization: Organization,
  object: Audit,
  file: Pick<FileEntry, "name" | "type" | "path" | "badge" | "isArchived" | "ownerId">,
): FileEntry {
  const parentId = folderId(organization, file.path);
  return {
    id: object.id,
    urlId: urlIdOf(object.id),
    parentId,
    parentUrlId: urlIdOf(parentId),
    permission: file.type === "table" ? "view" : "edit",
    ...file,
    ...auditEntry(object),
  };
}
