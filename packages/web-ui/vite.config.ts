import { defineConfig } from "vite";

/** Builds the page into static files; nothing is loaded from other origins. */
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
    // Keeps all assets in separate files, because the page's content security policy forbids data URLs.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
