/** Folder of compiled code, relative to the project. Starts are faster with it. */
export const COMPILE_CACHE = "node_modules/.cache/local-platform";
