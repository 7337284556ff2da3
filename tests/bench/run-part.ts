/** `node run-part.ts <parts module> <part> <size as JSON>`: measures one part, and sends its rows to the parent process. */
import { collectTemporaryFolders } from "../support/run/temporary-folders.ts";

const [file = "", name = "", size = ""] = process.argv.slice(2);
const removeFolders = collectTemporaryFolders();
process.once("exit", removeFolders);
const { parts } = await import(file);
const rows = await parts[name](JSON.parse(size));
process.send?.(rows, () => process.exit());
