/** Runs work in a process that ends with it, so that a long-lived process never holds the modules of that work. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { NODE_SETTINGS } from "./node-settings.ts";

type Answer = { readonly result: unknown } | { readonly failure: string };

/**
 * @param script calls `answer`
 * @returns its result
 */
export async function askHelper<T>(name: string, script: URL, args: readonly string[] = []): Promise<T> {
  const child = fork(fileURLToPath(script), args, {
    execArgv: [],
    env: { ...process.env, ...NODE_SETTINGS },
  });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  try {
    return await new Promise<T>((resolve, reject) => {
      child.once("message", (answer: Answer) => {
        if ("failure" in answer) reject(new Error(answer.failure));
        else resolve(answer.result as T);
      });
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(new Error(`${name} exited with ${code ?? signal}`)));
    });
  } finally {
    process.off("exit", kill);
  }
}

/** Ends this helper with the result of its work, or with the failure. */
export async function answer(work: () => unknown): Promise<void> {
  const message = await Promise.try(work).then(
    (result): Answer => ({ result: result ?? null }),
    (error): Answer => ({ failure: error instanceof Error ? error.message : String(error) }),
  );
  process.send?.(message, () => process.exit());
}
