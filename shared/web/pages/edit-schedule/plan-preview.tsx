/** Preview of a schedule: a strip of the coming weeks and a list of shifts. */

import { type OnCallRole, onCallRoles, type SchedulePlan } from "../../../domain/oncall/schedule.ts";
import type { Person } from "../../../domain/person.ts";
import { count } from "../../../domain/text/count.ts";
import { formatInstant } from "../../../domain/time.ts";
import { dayMs, hourMs } from "../../../domain/time-units.ts";
import { startOfDay, wallClockAt } from "../../../domain/wall-clock.ts";
import { capitalize } from "../../components/capitalize.ts";
import { formatDuration } from "../../components/duration.ts";
import { formatDay, formatLocal } from "../../components/local-time.ts";
import { type ToneOf, tonesOf } from "../../components/tones.ts";

export interface Stretch {
  readonly person: Person | null;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
}

export interface PlanPreview {
  readonly plan: SchedulePlan;
  readonly from: number;
  readonly to: number;
  /** Warnings about likely mistakes. */
  readonly warnings: readonly string[];
  readonly shifts: readonly (Stretch & { readonly role: OnCallRole })[];
}

export function PlanPreviewView({ preview }: { readonly preview: PlanPreview }) {
  const { plan, from, to } = preview;
  const toneOf = tonesOf(plan);
  const changes = clockChanges(plan.timezone, from, to);
  const dayOf = (at: number) => formatDay(wallClockAt(at, plan.timezone));
  return (
    <>
      <p class="quiet">
        From now to {dayOf(to)}, times in {plan.timezone}.
        {changes.map((at) => ` Clocks change on ${dayOf(at)}.`)}
      </p>
      {preview.warnings.map((warning) => (
        <p class="notice">
          <bdi>{warning}</bdi>
        </p>
      ))}
      {onCallRoles.map((role) => (
        <RolePreview role={role} preview={preview} toneOf={toneOf} />
      ))}
    </>
  );
}

const rowsShown = 24;

interface RolePreviewProps {
  readonly role: OnCallRole;
  readonly preview: PlanPreview;
  readonly toneOf: ToneOf;
}

function RolePreview({ role, preview, toneOf }: RolePreviewProps) {
  const { plan, from, to, shifts } = preview;
  const stretches = withGaps(
    shifts.filter((shift) => shift.role === role),
    from,
    to,
  );
  const gaps = stretches.filter(({ person }) => person === null);
  const gapMs = gaps.reduce((sum, { start, end }) => sum + end - start, 0);
  const stands = role === "secondary" && !plan.layers.some((layer) => layer.role === role);
  const hidden = stretches.slice(rowsShown);
  return (
    <div class="role-preview">
      <h3>
        {capitalize(role)}{" "}
        {gapMs > 0 ? (
          <span class="alarm">
            no one for {formatDuration(gapMs)} in {count(gaps.length, "gap")}
          </span>
        ) : (
          <span class="quiet">{stands ? "the next member who is not the primary" : "no gaps"}</span>
        )}
      </h3>
      <Strip stretches={stretches} preview={preview} toneOf={toneOf} />
      <ol class="shifts">
        {stretches.slice(0, rowsShown).map((stretch) => (
          <li>
            <span class={`swatch ${classOf(stretch, toneOf)}`} aria-hidden="true" />
            {stretch.person ? (
              <bdi title={stretch.person.email}>{stretch.person.name}</bdi>
            ) : (
              <b class="alarm">No one</b>
            )}
            <span class="when">
              {stretch.start === from ? "now" : <Local at={stretch.start} plan={plan} />}
              {stretch.end === to ? " onward" : " – "}
              {stretch.end !== to && <Local at={stretch.end} plan={plan} />}
            </span>
          </li>
        ))}
      </ol>
      {hidden.length > 0 && <p class="quiet">And {hidden.length} more.</p>}
    </div>
  );
}

function Local({ at, plan: { timezone } }: { readonly at: number; readonly plan: SchedulePlan }) {
  return <time datetime={formatInstant(at)}>{formatLocal(at, timezone)}</time>;
}

/** Strip with a scale of hours. The list below it has the same shifts in words. */
function Strip({
  stretches,
  preview: { plan, from, to },
  toneOf,
}: Pick<RolePreviewProps, "preview" | "toneOf"> & { readonly stretches: readonly Stretch[] }) {
  const x = (at: number) => Math.round((at - from) / hourMs);
  const offset = wallClockAt(from, plan.timezone) - from;
  const midnight = startOfDay(from + offset) - offset;
  const days = Math.round((to - from) / dayMs);
  return (
    <svg class="strip" viewBox={`0 0 ${x(to)} 24`} preserveAspectRatio="none" aria-hidden="true">
      {stretches.map((stretch) => (
        <rect
          class={classOf(stretch, toneOf)}
          x={x(stretch.start)}
          width={Math.max(1, x(stretch.end) - x(stretch.start))}
          height="24"
        />
      ))}
      <path
        d={Array.from({ length: days }, (_, day) => `M${x(midnight + (day + 1) * dayMs)} 18v6`).join("")}
      />
    </svg>
  );
}

function classOf({ person }: Stretch, toneOf: ToneOf): string {
  return person ? toneOf(person.email) : "gap";
}

/** Adds the gaps between the shifts of one role. */
function withGaps(shifts: readonly Stretch[], from: number, to: number): Stretch[] {
  const ends = [from, ...shifts.map(({ end }) => end)];
  const filled = shifts.flatMap((shift, index) => [...gap(ends[index] ?? from, shift.start), shift]);
  return [...filled, ...gap(ends.at(-1) ?? from, to)];
}

function gap(start: number, end: number): Stretch[] {
  return start < end ? [{ person: null, start, end }] : [];
}

/** Returns the times at which a zone's clocks change. */
function clockChanges(timezone: string, from: number, to: number): number[] {
  const offsetAt = (at: number) => wallClockAt(at, timezone) - at;
  const days = Array.from({ length: Math.ceil((to - from) / dayMs) }, (_, day) => from + day * dayMs);
  return days
    .filter((at) => offsetAt(at) !== offsetAt(at + dayMs))
    .map((at) => {
      // The first hour with the new offset.
      const hours = Array.from({ length: 24 }, (_, hour) => at + (hour + 1) * hourMs);
      return hours.find((hour) => offsetAt(hour) !== offsetAt(at)) ?? at;
    });
}
