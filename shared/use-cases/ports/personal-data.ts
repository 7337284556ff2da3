/** Stores for the erasure of a person's data. */
import type { Forgetting, ForgettingArea } from "../../domain/access/forget/forgetting.ts";
import type { Pseudonymizer } from "../../domain/access/forget/pseudonymizer.ts";

export interface ForgettingStore {
  /** Returns the progress of an unfinished erasure. */
  find(digest: string): Promise<Forgetting | undefined>;
  /** @param known undefined if nothing was stored @throws StaleVersion */
  save(next: Forgetting, known: Forgetting | undefined): Promise<Forgetting>;
  /** @throws StaleVersion */
  remove(known: Forgetting): Promise<void>;
}

export interface PersonalRecordStore {
  /**
   * Replaces a person in a part of an area: at most 10 partitions with 200 items each, or 200 items of a larger partition.
   * Repeating it has no further effect.
   *
   * @param position null for the start of the area
   * @throws StaleVersion if a record was changed concurrently; the part has to be repeated
   */
  rewrite(
    area: Exclude<ForgettingArea, "profile">,
    position: string | null,
    replace: Pseudonymizer["replace"],
  ): Promise<{ readonly changed: number; readonly next: string | null }>;
  /** Returns the number of notifications to an address, at most 1,000. Half a read unit per thirty. */
  countNotifications(email: string): Promise<number>;
  /** Returns the number of days that count pages to an address, up to the day of a time. A read unit per 8 KB. */
  countPageDays(email: string, now: number): Promise<number>;
}
