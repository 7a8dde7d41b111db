import { z } from "zod";
import { type Audited, audited, type Optional, optionalText } from "./fields.ts";

/** `GET /v2/workspaces`. */
export interface WorkspaceRow extends Audited {
  readonly workspaceId: string;
  readonly workspaceUrlId?: Optional<string>;
  readonly name?: Optional<string>;
}

export const workspaceRow: z.ZodType<WorkspaceRow> = z.looseObject({
  ...audited,
  workspaceId: z.string(),
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

export const versionTagRow: z.ZodType<VersionTagRow> = z.looseObject({
  ...audited,
  versionTagId: z.string(),
  name: optionalText,
  description: optionalText,
  color: optionalText,
  ownerId: optionalText,
});
