// `node --import …/register.mjs` runs the packages' TypeScript, also in worker threads, which inherit it.
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
