import { stat } from "node:fs/promises";

/** A note for the user if a stored file belongs to another user, as volumes of containers may; null otherwise. */
export async function foreignOwnerNote(file: string): Promise<string | null> {
  const own = process.geteuid?.();
  const owner = await stat(file).then(
    ({ uid }) => uid,
    () => own,
  );
  return owner === own ? null : `${file} belongs to the user ${owner}, not to the current user ${own}.`;
}
