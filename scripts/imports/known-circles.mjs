/**
 * Import cycles that exist today, sorted; a name with a trailing slash is a folder. The list may only shrink: the
 * check also rejects an entry that no longer exists or became smaller. `node scripts/check-boundaries.mjs --explain`
 * prints their imports.
 *
 * @type {readonly string[]}
 */
export const knownCircles = [];
