/**
 * Circles of imports that exist today, sorted; a name with a slash at its end is a folder. The list may only shrink: the check
 * also refuses an entry that is gone or became smaller. `node scripts/check-boundaries.mjs --explain` prints their imports.
 */
export const knownCircles = ["packages/web-ui/src/page: graph/ ↔ panels/ ↔ search/ ↔ state/ ↔ views/"];
