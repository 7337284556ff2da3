import type { Clock } from "../../shared/use-cases/ports.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { DerivedName } from "./metrics.ts";

export const sourceNames = [
  "incidents",
  "notifications",
  "escalations",
  "oncall",
  "queues",
  "services",
  "telemetry",
] as const;
export type SourceName = (typeof sourceNames)[number];

/** Something that metrics are read from. */
export interface Source {
  readonly name: Exclude<SourceName, "telemetry">;
  /** What it fills. */
  readonly metrics: readonly DerivedName[];
  /** How old what it read may get before it is read again. */
  readonly freshForMs: number;
  /** Brings its metrics up to date; what could not be read stays as it was, or is gone where that would mislead. */
  read(): Promise<void>;
  /** Puts down what would have to be read anew. */
  close(): Promise<void>;
}

/** As old as what a scrape shows may be, unless it costs more than it tells. */
export const freshForMs = 2_000;

/** How often a source puts down where it is; what lies in between is counted again after a crash, to the same sums. */
const checkpointEveryMs = 10_000;

/** What a source that goes on counting from where it was has to do. */
export interface Following<State> {
  readonly name: Source["name"];
  readonly metrics: readonly DerivedName[];
  readonly checkpoint: Checkpoint<State>;
  /** Where there is no checkpoint it counts from now on: what is there already is not news. */
  begin(now: number): Promise<State>;
  /**
   * Takes in what happened since; what it has taken in when it throws stays so.
   * @returns whether there was something
   */
  advance(state: State, now: number): Promise<boolean>;
  publish(state: State): void;
}

/** A source that counts each thing once, over restarts too: counts and position are put down together. */
export function follower<State>(following: Following<State>, clock: Clock): Source {
  const { name, metrics, checkpoint } = following;
  let state: State | undefined;
  let changed = false;
  let savedAt = Number.NEGATIVE_INFINITY;

  async function begin(now: number): Promise<State> {
    const begun = await following.begin(now);
    changed = true;
    return begun;
  }

  async function save(current: State): Promise<void> {
    await checkpoint.save(current);
    changed = false;
    savedAt = clock();
  }

  return {
    name,
    metrics,
    freshForMs,
    async read() {
      const now = clock();
      const current = state ?? (await checkpoint.load()) ?? (await begin(now));
      state = current;
      const before = changed;
      changed = true;
      changed = (await following.advance(current, now)) || before;
      // Only now: after a restart, what was counted since the checkpoint is in it again.
      following.publish(current);
      if (changed && now - savedAt >= checkpointEveryMs) await save(current);
    },
    async close() {
      if (state && changed) await save(state);
    },
  };
}
