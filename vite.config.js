// Builds src/kinflow/web/assets into src/kinflow/web/static/kinflow.
//
// Every file carries the hash of its content in its name, so that it can be cached for ever; manifest.json
// says which name belongs to which source. `import("./part.js")` makes a chunk that is loaded when needed.

import { defineConfig } from "vite";

export default defineConfig({
  root: "src/kinflow/web/assets",
  base: "./",
  publicDir: false,
  build: {
    outDir: "../static/kinflow",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "built",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ["chrome111", "firefox114", "safari16.4"],
    cssTarget: ["chrome111", "firefox121", "safari16.4"],
    rolldownOptions: {
      input: { main: "src/kinflow/web/assets/main.js" },
      checks: { eval: false }, // htmx has one, closed to us by the content security policy
    },
    chunkSizeWarningLimit: 400,
  },
});
