/** Memory and start of Node.js processes. */

export const NODE_SETTINGS = {
  /** Folder relative to the project. Compiled code starts faster, and without the compiler of TypeScript. */
  NODE_COMPILE_CACHE: "node_modules/.cache/local-platform",
  /** glibc's arenas for memory outside of the heap. By default, each thread may have its own, with gaps. */
  MALLOC_ARENA_MAX: "2",
};

/**
 * Bounds the garbage that a heap holds before it is collected. By default, it grows to several times its live data.
 *
 * @param nurseryMb size for new objects, of which most are short-lived
 * @param firstMb size of the others at the first collection, about that of the process's code
 */
export function heapFlags(nurseryMb: number, firstMb: number): readonly string[] {
  return [
    `--max-semi-space-size=${nurseryMb}`,
    `--initial-old-space-size=${firstMb}`,
    "--heap-growing-percent=40",
  ];
}
