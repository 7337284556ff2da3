import { setTimeout as delay } from "node:timers/promises";
import { styleText } from "node:util";

export interface StepOutput {
  /** Begins a section, after a pause to read the previous one. */
  chapter(title: string): Promise<void>;
  say(line: string): void;
  /** Records a check. The run continues after a failure. */
  check(holds: boolean, claim: string): void;
  readonly failures: readonly string[];
  readonly checks: number;
}

/** Prints steps and checks with the seconds since the start. `styleText` uses color only on a terminal. */
export function stepOutput(pauseMs: number): StepOutput {
  const startedAt = performance.now();
  const failures: string[] = [];
  let checks = 0;
  const print = (mark: string, line: string) => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(2).padStart(6);
    console.log(`${styleText("dim", `${seconds} s`)}  ${mark} ${line}`);
  };
  return {
    failures,
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
      if (!holds) failures.push(claim);
      print(holds ? styleText("green", "✓") : styleText("red", "✗"), claim);
    },
  };
}
