import type { EarlierLoad } from "../environment/load-environment.ts";
import { findEarlierStates } from "../fetch/store/earlier-states.ts";
import { readStateHeader } from "../fetch/store/snapshot-file.ts";

/**
 * The file of an earlier state. A state that is older than all kept ones is not known: the oldest kept one stands for it.
 *
 * @param present file of the present state; null without one
 * @returns null if there is no state
 */
export async function chooseEarlier(earlier: EarlierLoad, present: string | null): Promise<string | null> {
  const header = present === null ? null : await readStateHeader(present);
  if ("file" in earlier) {
    if (present === null) return earlier.file;
    const given = await readStateHeader(earlier.file);
    const [was, is] = [given?.organizationId ?? null, header?.organizationId ?? null];
    // A damaged file is chosen as well: reading it says what is wrong with it.
    return was !== null && is !== null && was !== is ? present : earlier.file;
  }
  if (present === null) return null;
  const kept = await findEarlierStates(present);
  const all = header === null ? kept : [{ file: present, fetchedAt: header.fetchedAt }, ...kept];
  const asOfMs = Date.parse(earlier.asOf);
  return (all.find(({ fetchedAt }) => Date.parse(fetchedAt) <= asOfMs) ?? all.at(-1))?.file ?? null;
}
