import { setTimeout as delay } from "node:timers/promises";
import { styleText } from "node:util";

export interface Narrator {
  /** A new chapter, after a pause to read the last one. */
  chapter(title: string): Promise<void>;
  say(line: string): void;
  /** Something that must be so; the story goes on if it isn't, but does not end well. */
  check(holds: boolean, claim: string): void;
  readonly broken: readonly string[];
  readonly checks: number;
}

/** Tells the story with the seconds since its start. Colours on a terminal only (node:util knows which is one). */
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
