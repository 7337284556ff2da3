import { setTimeout as delay } from "node:timers/promises";
import { styleText } from "node:util";

export interface Narrator {
  /** Starts a chapter after a pause for reading. */
  chapter(title: string): Promise<void>;
  say(line: string): void;
  /** Checks a claim. A failure does not stop the demo, but makes it fail at the end. */
  check(holds: boolean, claim: string): void;
  readonly broken: readonly string[];
  readonly checks: number;
}

/** Prints the demo's steps with seconds since its start, in color on terminals. */
export function narrator(pauseMs: number): Narrator {
  const startedAt = performance.now();
  const broken: string[] = [];
  let checks = 0;
  const print = (mark: string, line: string) => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(2).padStart(6);
    console.log(`${styleText("dim", `${seconds} s`)}  ${mark} ${line}`);
  };
  return {
    broken,
    get checks() {
      return checks;
    },
    async chapter(title) {
      await delay(pauseMs);
      console.log(`\n${styleText("bold", title)}`);
    },
    say: (line) => print(" ", line),
    check(holds, claim) {
      checks += 1;
      if (!holds) broken.push(claim);
      print(holds ? styleText("green", "✓") : styleText("red", "✗"), claim);
    },
  };
}
