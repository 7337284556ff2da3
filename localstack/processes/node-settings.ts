/** Memory and start of Node.js processes. */

export const NODE_SETTINGS = {
  /** Folder relative to the project. Compiled code starts faster, and without the compiler of TypeScript. */
  NODE_COMPILE_CACHE: "node_modules/.cache/local-platform",
};

/**
 * Bounds the garbage that a heap holds before it is collected. By default, it grows to several times its live data.
 *
 * @param nurseryMb size for new objects, of which most are short-lived
 */
export function heapFlags(nurseryMb: number): readonly string[] {
  return [`--max-semi-space-size=${nurseryMb}`, "--initial-old-space-size=48", "--heap-growing-percent=40"];
}
