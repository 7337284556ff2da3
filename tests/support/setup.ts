/** Runs before each test file. Hooks of the file itself come after it, so theirs end before this one's. */
import { afterAll } from "vitest";
import { collectTemporaryFolders } from "./scratch.ts";

afterAll(collectTemporaryFolders());
