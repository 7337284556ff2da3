import type { Override } from "../../../domain/oncall/schedule.ts";
import { isolate } from "../../components/isolate.ts";
import { formatLocal } from "../../components/local-time.ts";

/** Describes an override and the ones that it takes precedence over. */
export function overrideText(
  { person, role, start, end }: Override,
  overlaps: readonly Override[],
  { now, timezone }: { readonly now: number; readonly timezone: string },
): { readonly kind: "done"; readonly text: string } {
  const local = (at: number) => formatLocal(at, timezone);
  const from = start <= now ? "" : ` from ${local(start)}`;
  const others = overlaps.map((other) => `${isolate(other.person.name)} (until ${local(other.end)})`);
  const before = others.length > 0 ? ` It takes precedence over the override of ${others.join(", ")}.` : "";
  return {
    kind: "done",
    text: `${isolate(person.name)} is ${role}${from} until ${local(end)} (${timezone}).${before}`,
  };
}
