/** On-call resolver, used both for a single time and for ranges. */

import { limits } from "../limits.ts";
import type { Person } from "../person.ts";
import { dayMs } from "../wall-clock.ts";
import { dutyAt } from "./restriction.ts";
import { shiftAt, startOfRotation } from "./rotation.ts";
import type { Layer, OnCallRole, Override, Schedule } from "./schedule.ts";

/** Sources of on-call decisions: schedules in order of validity, overrides in order of creation. */
export interface ScheduleHistory {
  readonly schedules: readonly Pick<Schedule, "timezone" | "rotationType" | "layers" | "inForceFrom">[];
  readonly overrides: readonly Override[];
}

/** One person, or no one, on call without a change in [start, end). */
export interface OnCall {
  readonly person: Person | null;
  readonly kind: "rotation" | "override";
  /** Layer name or override ID that decided; null for no one. */
  readonly by: string | null;
  readonly start: number;
  readonly end: number;
}

/** Returns the person on call in a role at a time, and the interval without changes around it. */
export function onCallAt(history: ScheduleHistory, role: OnCallRole, at: number): OnCall {
  return resolve(history, role, at, pieceOfLayer);
}

/** Returns the intervals of a role in [from, to). Adjacent intervals of one person are merged. */
export function onCallBetween(
  history: ScheduleHistory,
  role: OnCallRole,
  from: number,
  to: number,
): OnCall[] {
  const stretches: OnCall[] = [];
  const pieceAt = memoizeLast(pieceOfLayer);
  for (let at = from; at < to; ) {
    const { end, ...rest } = resolve(history, role, at, pieceAt);
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

/** Result of one layer. `turn` is the index of its member, -1 for no one. */
interface LayerPiece extends OnCall {
  readonly turn: number;
}

/** Distance from a time within which a person's shift is followed. */
const longestShiftMs = limits.shiftsDays * dayMs;

/** Returns the person on call in a role at a time with the whole shift, consistent with `onCallBetween`. */
export function shiftAround(history: ScheduleHistory, role: OnCallRole, at: number): OnCall {
  const piece = resolve(history, role, at, wholeTurn);
  let { start, end } = piece;
  const same = (other: OnCall) =>
    other.kind === piece.kind && other.person?.email === piece.person?.email ? other : undefined;
  while (start > at - longestShiftMs) {
    const before = same(resolve(history, role, start - 1, wholeTurn));
    if (!before) break;
    start = before.start;
  }
  while (end < at + longestShiftMs) {
    const after = same(resolve(history, role, end, wholeTurn));
    if (!after) break;
    end = after.end;
  }
  return { ...piece, start, end };
}

type PieceAt = (layer: Layer, timezone: string, at: number) => LayerPiece;

function resolve(history: ScheduleHistory, role: OnCallRole, at: number, pieceAt: PieceAt): OnCall {
  return history.overrides
    .filter((override) => override.role === role)
    .reduce((below, override) => applyOverride(below, override, at), bySchedule(history, role, at, pieceAt));
}

function bySchedule(history: ScheduleHistory, role: OnCallRole, at: number, pieceAt: PieceAt): OnCall {
  const { schedules } = history;
  const index = schedules.findLastIndex(({ inForceFrom }) => (inForceFrom ?? -Infinity) <= at);
  const schedule = schedules[index];
  const inForce = {
    start: schedule?.inForceFrom ?? -Infinity,
    end: schedules[index + 1]?.inForceFrom ?? Infinity,
  };
  if (!schedule) return within(noOne, inForce);
  const { timezone } = schedule;
  const layers = schedule.layers.filter((layer) => layer.role === role).toReversed();
  if (role === "primary" || layers.length > 0)
    return within(ofLayers(layers, timezone, at, pieceAt), inForce);
  const primary = resolve(history, "primary", at, pieceAt);
  return within(derivedSecondary(schedule.layers.toReversed(), timezone, primary, at, pieceAt), inForce);
}

const noOne: OnCall = { person: null, kind: "rotation", by: null, start: -Infinity, end: Infinity };

/** @param layers of one role, highest priority first */
function ofLayers(layers: readonly Layer[], timezone: string, at: number, pieceAt: PieceAt): OnCall {
  let result = noOne;
  for (const layer of layers) {
    const { turn, ...piece } = pieceAt(layer, timezone, at);
    result = within(piece, result);
    if (result.person) return result;
  }
  return result;
}

/**
 * Derives the secondary of a schedule without secondary layers. It is never the current primary. In the
 * winning layer, the following members come before the scheduled one, who is available only if replaced by an
 * override. In lower layers, the scheduled member comes first.
 *
 * @param layers of the primary role, highest priority first
 */
function derivedSecondary(
  layers: readonly Layer[],
  timezone: string,
  primary: OnCall,
  at: number,
  pieceAt: PieceAt,
): OnCall {
  let bounds: OnCall = { ...noOne, start: primary.start, end: primary.end };
  let wins = true;
  for (const layer of layers) {
    const piece = pieceAt(layer, timezone, at);
    bounds = within(bounds, piece);
    const scheduled = piece.person;
    if (!scheduled) continue;
    const { members } = layer;
    const following = [...members.slice(piece.turn + 1), ...members.slice(0, piece.turn)];
    const others = following.filter(({ email }) => email !== scheduled.email);
    const candidates = wins ? [...others, scheduled] : [scheduled, ...others];
    const person = candidates.find(({ email }) => email !== primary.person?.email);
    if (person) return { ...bounds, person, by: layer.name };
    wins = false;
  }
  return bounds;
}

function applyOverride(below: OnCall, override: Override, at: number): OnCall {
  const { start, end, person, replaces, id } = override;
  if (replaces !== null && below.person?.email !== replaces) return below;
  if (at < start) return within(below, { start: -Infinity, end: start });
  if (at >= end) return within(below, { start: end, end: Infinity });
  const reach = replaces === null ? { start: -Infinity, end: Infinity } : below;
  return within({ person, kind: "override", by: id, start, end }, reach);
}

/** Returns the member of a layer who is on duty at a time. */
function pieceOfLayer(layer: Layer, timezone: string, at: number): LayerPiece {
  const duty = dutyAt(layer.restrictions, timezone, at);
  if (!duty.onDuty) return { ...within(noOne, duty), turn: -1 };
  const shift = shiftAt(layer.rotation, timezone, at);
  if (!shift) return { ...noOne, end: startOfRotation(layer.rotation, timezone), turn: -1 };
  const turn = shift.number % layer.members.length;
  const person = layer.members[turn] ?? null;
  const piece = { person, kind: "rotation", by: layer.name, start: shift.start, end: shift.end } as const;
  return { ...within(piece, duty), turn };
}

/** Treats a layer with one person as one endless turn, so that a range takes one step. */
function wholeTurn(layer: Layer, timezone: string, at: number): LayerPiece {
  const piece = pieceOfLayer(layer, timezone, at);
  const [first] = layer.members;
  if (!piece.person || layer.members.some(({ email }) => email !== first?.email)) return piece;
  const turn = { ...piece, start: startOfRotation(layer.rotation, timezone), end: Infinity };
  return { ...within(turn, dutyAt(layer.restrictions, timezone, at)), turn: piece.turn };
}

/** Memoizes the last piece of each layer for steps through a range. */
function memoizeLast(pieceAt: PieceAt): PieceAt {
  const last = new Map<Layer, { timezone: string; piece: LayerPiece }>();
  return (layer, timezone, at) => {
    const known = last.get(layer);
    if (known?.timezone === timezone && known.piece.start <= at && at < known.piece.end) return known.piece;
    const piece = pieceAt(layer, timezone, at);
    last.set(layer, { timezone, piece });
    return piece;
  };
}

function within(piece: OnCall, bounds: { readonly start: number; readonly end: number }): OnCall {
  return { ...piece, start: Math.max(piece.start, bounds.start), end: Math.min(piece.end, bounds.end) };
}
