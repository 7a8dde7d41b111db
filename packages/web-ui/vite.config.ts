import { defineConfig } from "vite";

/** Builds the page into files that any server can hand out; nothing in it is fetched from elsewhere. */
export default defineConfig({
  root: "src/page",
  base: "/",
  logLevel: "warn",
  resolve: { conditions: ["@dagster-sigma/source", "module", "browser", "default"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    // Everything is a file of its own: the policy of the page allows no addresses with data in them.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
