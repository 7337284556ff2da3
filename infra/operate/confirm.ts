import { createInterface, type ReadLineOptions } from "node:readline/promises";

const terminalOfProcess = (): ReadLineOptions => ({ input: process.stdin, output: process.stderr });

/** Asks the person at the terminal. Returns true for the answer "yes", and false for another or Ctrl+C. */
export async function confirm(question: string, terminal = terminalOfProcess()): Promise<boolean> {
  const asking = createInterface(terminal);
  try {
    return (await asking.question(`${question} Type yes: `)).trim() === "yes";
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return false;
    throw error;
  } finally {
    asking.close();
  }
}
