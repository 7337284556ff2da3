import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

/** Bundles functions without signatures, for emulators only. */
export const unsignedRequests: Plugin = {
  name: "unsigned-requests",
  setup({ onResolve }) {
    onResolve({ filter: /^@smithy\/signature-v4$/ }, () => ({
      path: fileURLToPath(new URL("./placeholder-signer.ts", import.meta.url)),
    }));
  },
};
