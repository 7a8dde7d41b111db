import { type Audited, audited, type Optional, optionalText } from "./fields.ts";
import { id, type RowShape, row } from "./row-shape.ts";

/** `GET /v2/workspaces`. */
export interface WorkspaceRow extends Audited {
  /** UUID. */
  readonly workspaceId: string;
  /** The UUID in base62. */
  readonly workspaceUrlId?: Optional<string>;
  /** Display name. */
  readonly name?: Optional<string>;
}

export const workspaceRow: RowShape<WorkspaceRow> = row({
  ...audited,
  workspaceId: id,
  workspaceUrlId: optionalText,
  name: optionalText,
});

/** `GET /v2/tags`: a version tag that documents can carry. */
export interface VersionTagRow extends Audited {
  /** UUID. */
  readonly versionTagId: string;
  /** Display name. */
  readonly name?: Optional<string>;
  /** Description in Sigma. */
  readonly description?: Optional<string>;
  /** Display color. */
  readonly color?: Optional<string>;
  /** Member id of the owner. */
  readonly ownerId?: Optional<string>;
}

export const versionTagRow: RowShape<VersionTagRow> = row({
  ...audited,
  versionTagId: id,
  name: optionalText,
  description: optionalText,
  color: optionalText,
  ownerId: optionalText,
});
