import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** For `skipIf`: the tools of ci/package.json could not be installed (`npm run tools`). */
export const noTools = !existsSync(resolve(import.meta.dirname, "../../../ci/node_modules/.installed-lock"));

/** The title of tests that run such a tool, with the reason where they are skipped. */
export const withTools = (title: string) =>
  noTools ? `${title} (skipped: npm run tools has not installed the tools of checks)` : title;
