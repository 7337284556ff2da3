import type { Clock } from "../../shared/use-cases/ports/system.ts";
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

/** Source of one or more metrics. */
export interface Source {
  readonly name: Exclude<SourceName, "telemetry">;
  /** Metrics that the source provides. */
  readonly metrics: readonly DerivedName[];
  /** Maximum age of a result before the source is read again, in milliseconds. */
  readonly freshForMs: number;
  /**
   * Updates its metrics. After a failed read, a metric keeps its value, or is removed if that would mislead.
   */
  read(): Promise<void>;
  /** Stores results that would otherwise have to be read again. */
  close(): Promise<void>;
}

/** Maximum age of a result in a scrape, except for sources that cost more to read. */
export const freshForMs = 2_000;

/** Operations of a source that continues counting from a stored position. */
interface Following<State> {
  readonly name: Source["name"];
  readonly metrics: readonly DerivedName[];
  readonly checkpoint: Checkpoint<State>;
  /** Returns the initial state. Without a checkpoint, only events after `now` are counted. */
  begin(now: number): Promise<State>;
  /**
   * Counts new events. If it throws, the events counted so far stay counted.
   * @returns true if there were any
   */
  advance(state: State, now: number): Promise<boolean>;
  publish(state: State): void;
}

/**
 * Creates a source that counts each event once, also across restarts, by storing counts and position
 * together.
 */
export function follower<State>(following: Following<State>, clock: Clock): Source {
  const { name, metrics, checkpoint } = following;
  let state: State | undefined;
  let changed = false;

  async function begin(now: number): Promise<State> {
    const begun = await following.begin(now);
    changed = true;
    return begun;
  }

  async function save(current: State): Promise<void> {
    await checkpoint.save(current);
    changed = false;
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
      // Save first: a restart then continues from all that was published, even if an index falls behind.
      if (changed) await save(current);
      following.publish(current);
    },
    async close() {
      if (state && changed) await save(state);
    },
  };
}
