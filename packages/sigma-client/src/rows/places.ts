import { type Audited, audited, type Optional, optionalText } from "./fields.ts";
import { type RowShape, row, text } from "./row-shape.ts";

/** `GET /v2/workspaces`. */
export interface WorkspaceRow extends Audited {
  readonly workspaceId: string;
  readonly workspaceUrlId?: Optional<string>;
  readonly name?: Optional<string>;
}

export const workspaceRow: RowShape<WorkspaceRow> = row({
  ...audited,
  workspaceId: text,
  workspaceUrlId: optionalText,
  name: optionalText,
});

/** `GET /v2/tags`: a version tag that documents can carry. */
export interface VersionTagRow extends Audited {
  readonly versionTagId: string;
  readonly name?: Optional<string>;
  readonly description?: Optional<string>;
  readonly color?: Optional<string>;
  readonly ownerId?: Optional<string>;
}

export const versionTagRow: RowShape<VersionTagRow> = row({
  ...audited,
  versionTagId: text,
  name: optionalText,
  description: optionalText,
  color: optionalText,
  ownerId: optionalText,
});
