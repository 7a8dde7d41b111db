// For test processes (vitest.config.ts): vitest compiles what main threads import, and the hooks would slow it down.
import { isMainThread } from "node:worker_threads";

if (!isMainThread) await import("./register.mjs");
