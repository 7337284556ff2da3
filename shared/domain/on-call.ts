/** Who is on call: one resolver answers both for an instant and for a stretch of time. */
import type { Person } from "./incident.ts";
import { dutyAt } from "./restriction.ts";
import { shiftAt, startOfRotation } from "./rotation.ts";
import type { Layer, OnCallRole, Override, Schedule } from "./schedule.ts";

/** What decides who is on call: schedules by the order in which they were in force, overrides by their creation. */
export interface Rota {
  readonly schedules: readonly Pick<Schedule, "timezone" | "rotationType" | "layers" | "inForceFrom">[];
  readonly overrides: readonly Override[];
}

/** Somebody, or nobody, on call without a change in [start, end). */
export interface OnCall {
  readonly person: Person | null;
  readonly kind: "rotation" | "override";
  /** Name of the layer or id of the override that decided; null for nobody. */
  readonly by: string | null;
  readonly start: number;
  readonly end: number;
}

/** Who is on call in a role at an instant, and for how long nothing changes about that. */
export function onCallAt(rota: Rota, role: OnCallRole, at: number): OnCall {
  return resolve(rota, role, at, pieceOfLayer);
}

/** Who is on call in a role, stretch by stretch, throughout [from, to); adjoining ones of one person are one. */
export function onCallBetween(rota: Rota, role: OnCallRole, from: number, to: number): OnCall[] {
  const stretches: OnCall[] = [];
  const pieceAt = remembering(pieceOfLayer);
  for (let at = from; at < to; ) {
    const { end, ...rest } = resolve(rota, role, at, pieceAt);
    const stretch = { ...rest, start: at, end: Math.min(end, to) };
    const last = stretches.at(-1);
    if (last && last.kind === stretch.kind && last.person?.email === stretch.person?.email) {
      stretches[stretches.length - 1] = { ...last, end: stretch.end };
    } else {
      stretches.push(stretch);
    }
    at = stretch.end;
  }
  return stretches;
}

type PieceAt = (layer: Layer, timezone: string, ahead: number, at: number) => OnCall;

function resolve(rota: Rota, role: OnCallRole, at: number, pieceAt: PieceAt): OnCall {
  return rota.overrides
    .filter((override) => override.role === role)
    .reduce((below, override) => applyOverride(below, override, at), bySchedule(rota, role, at, pieceAt));
}

function bySchedule({ schedules }: Rota, role: OnCallRole, at: number, pieceAt: PieceAt): OnCall {
  const index = schedules.findLastIndex(({ inForceFrom }) => (inForceFrom ?? -Infinity) <= at);
  const schedule = schedules[index];
  const inForce = {
    start: schedule?.inForceFrom ?? -Infinity,
    end: schedules[index + 1]?.inForceFrom ?? Infinity,
  };
  return within(schedule ? ofLayers(schedule, role, at, pieceAt) : nobody, inForce);
}

const nobody: OnCall = { person: null, kind: "rotation", by: null, start: -Infinity, end: Infinity };

function ofLayers(
  { layers, timezone }: Pick<Schedule, "layers" | "timezone">,
  role: OnCallRole,
  at: number,
  pieceAt: PieceAt,
): OnCall {
  const hasOwn = layers.some((layer) => layer.role === role);
  // Without a secondary of their own, a team's secondary is whoever is primary next.
  const [played, ahead] = hasOwn || role === "primary" ? [role, 0] : (["primary", 1] as const);
  let result = nobody;
  for (const layer of layers.toReversed()) {
    if (layer.role !== played) continue;
    result = within(pieceAt(layer, timezone, ahead, at), result);
    if (result.person) return result;
  }
  return result;
}

function applyOverride(below: OnCall, override: Override, at: number): OnCall {
  const { start, end, person, replaces, id } = override;
  if (replaces !== null && below.person?.email !== replaces) return below;
  if (at < start) return within(below, { start: -Infinity, end: start });
  if (at >= end) return within(below, { start: end, end: Infinity });
  const reach = replaces === null ? { start: -Infinity, end: Infinity } : below;
  return within({ person, kind: "override", by: id, start, end }, reach);
}

/** Who of a layer is on duty at an instant, `ahead` turns on. */
function pieceOfLayer(layer: Layer, timezone: string, ahead: number, at: number): OnCall {
  const duty = dutyAt(layer.restrictions, timezone, at);
  if (!duty.onDuty) return within(nobody, duty);
  const shift = shiftAt(layer.rotation, timezone, at);
  if (!shift) return { ...nobody, end: startOfRotation(layer.rotation, timezone) };
  const person = layer.members[(shift.number + ahead) % layer.members.length] ?? null;
  return within({ person, kind: "rotation", by: layer.name, start: shift.start, end: shift.end }, duty);
}

/** The same pieces for a walk through time: each is worked out once. */
function remembering(pieceAt: PieceAt): PieceAt {
  const last = new Map<Layer, { timezone: string; ahead: number; piece: OnCall }>();
  return (layer, timezone, ahead, at) => {
    const known = last.get(layer);
    const same = known?.timezone === timezone && known.ahead === ahead;
    if (same && known.piece.start <= at && at < known.piece.end) return known.piece;
    const piece = pieceAt(layer, timezone, ahead, at);
    last.set(layer, { timezone, ahead, piece });
    return piece;
  };
}

function within(piece: OnCall, bounds: { readonly start: number; readonly end: number }): OnCall {
  return { ...piece, start: Math.max(piece.start, bounds.start), end: Math.min(piece.end, bounds.end) };
}
