import { resolve } from "node:path";
import { createCommand } from "../infra/command.ts";
import { dataDirOf } from "../infra/operate/data-dir.ts";

export const command = createCommand(
  "start",
  "Start the platform on this machine, with embedded emulators of AWS.",
  [["", "Start on http://localhost:8080 with the data in .data"]],
)
  .addHelpText(
    "after",
    "\nSettings come from the environment and from .env: HTTP_PORT (default: 8080), DATA_DIR (default: .data), and those" +
      "\nof .env.example.",
  )
  .action(async () => {
    process.env.DATA_DIR = resolve(dataDirOf(process.env.DATA_DIR));
    await import("./start.ts");
  });
