// `node --import …/register.mjs` runs TypeScript of the packages, also in worker threads, which inherit it.
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
