import { createInterface } from "node:readline/promises";

/** Asks the person at the terminal. Returns true for the answer "yes". */
export async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} Type yes: `);
  terminal.close();
  return answer.trim() === "yes";
}
