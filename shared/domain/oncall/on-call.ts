/** On-call resolver, used both for a single time and for ranges. */

import { Invalid } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Person } from "../person.ts";
import { dayMs } from "../time-units.ts";
import { type Duty, type DutyAt, dutiesOf, dutyAt } from "./restriction.ts";
import { shiftAt, startOfRotation } from "./rotation.ts";
import { type Layer, type OnCallRole, type Override, onCallRoles, type Schedule } from "./schedule.ts";

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
  return resolverOf(history, role, pieceOfLayer)(at);
}

/** Returns the emails of the people on call in any role at a time. */
export function emailsOnCallAt(history: ScheduleHistory, at: number): readonly string[] {
  const people = onCallRoles.flatMap((role) => onCallAt(history, role, at).person ?? []);
  return [...new Set(people.map(({ email }) => email))];
}

/**
 * Returns the intervals of a role in [from, to). Adjacent intervals of one person are merged.
 *
 * @throws Invalid if the range has more than `limits.shiftSteps` starts and ends of turns, windows and overrides
 */
export function onCallBetween(
  history: ScheduleHistory,
  role: OnCallRole,
  from: number,
  to: number,
): OnCall[] {
  const stretches: OnCall[] = [];
  const resolve = resolverOf(history, role, piecesOfLayers());
  let steps = 0;
  for (let at = from; at < to; steps += 1) {
    if (steps === limits.shiftSteps) throw new Invalid([{ path: "to", message: tooManySteps }]);
    const stretch = within(resolve(at), { start: at, end: to });
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

const tooManySteps = `must be earlier: shifts, restrictions and overrides of this range begin and end more than ${limits.shiftSteps} times`;

/** Result of one layer. `turn` is the index of its member, -1 for no one. */
interface LayerPiece extends OnCall {
  readonly turn: number;
}

/** Distance from a time within which a person's shift is followed. */
const longestShiftMs = limits.shiftsDays * dayMs;

/** Returns the person on call in a role at a time with the whole shift, consistent with `onCallBetween`. */
export function shiftAround(history: ScheduleHistory, role: OnCallRole, at: number): OnCall {
  const resolve = resolverOf(history, role, wholeTurn);
  const piece = resolve(at);
  let { start, end } = piece;
  const same = (other: OnCall) =>
    other.kind === piece.kind && other.person?.email === piece.person?.email ? other : undefined;
  while (start > at - longestShiftMs) {
    const before = same(resolve(start - 1));
    if (!before) break;
    start = before.start;
  }
  while (end < at + longestShiftMs) {
    const after = same(resolve(end));
    if (!after) break;
    end = after.end;
  }
  return { ...piece, start, end };
}

type PieceAt = (layer: Layer, timezone: string, at: number) => LayerPiece;

type Resolver = (at: number) => OnCall;

function resolverOf(history: ScheduleHistory, role: OnCallRole, pieceAt: PieceAt): Resolver {
  const overrides = history.overrides.filter((override) => override.role === role);
  const scheduled = scheduledOf(history, role, pieceAt);
  return (at) => overrides.reduce((below, override) => applyOverride(below, override, at), scheduled(at));
}

function scheduledOf(history: ScheduleHistory, role: OnCallRole, pieceAt: PieceAt): Resolver {
  const { schedules } = history;
  const resolvers = schedules.map((schedule) => resolverOfSchedule(schedule, history, role, pieceAt));
  return (at) => {
    const index = schedules.findLastIndex(({ inForceFrom }) => (inForceFrom ?? -Infinity) <= at);
    return within(resolvers[index]?.(at) ?? noOne, {
      start: schedules[index]?.inForceFrom ?? -Infinity,
      end: schedules[index + 1]?.inForceFrom ?? Infinity,
    });
  };
}

function resolverOfSchedule(
  { layers, timezone }: ScheduleHistory["schedules"][number],
  history: ScheduleHistory,
  role: OnCallRole,
  pieceAt: PieceAt,
): Resolver {
  const own = layers.filter((layer) => layer.role === role).toReversed();
  if (role === "primary" || own.length > 0) return (at) => ofLayers(own, timezone, at, pieceAt);
  const primary = resolverOf(history, "primary", pieceAt);
  const all = layers.toReversed();
  return (at) => derivedSecondary(all, timezone, primary(at), at, pieceAt);
}

const noOne: OnCall = { person: null, kind: "rotation", by: null, start: -Infinity, end: Infinity };

/** @param layers of one role, highest priority first */
function ofLayers(layers: readonly Layer[], timezone: string, at: number, pieceAt: PieceAt): OnCall {
  let [start, end] = [-Infinity, Infinity];
  for (const layer of layers) {
    const piece = pieceAt(layer, timezone, at);
    start = Math.max(start, piece.start);
    end = Math.min(end, piece.end);
    if (piece.person) return { person: piece.person, kind: piece.kind, by: piece.by, start, end };
  }
  return { ...noOne, start, end };
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
  return pieceDuring(dutyAt(layer.restrictions, timezone, at), () => turnOf(layer, timezone, at));
}

const noTurn: LayerPiece = { ...noOne, turn: -1 };

/** @param duty around a time @param turn returns the turn at the time */
function pieceDuring(duty: Duty, turn: () => LayerPiece): LayerPiece {
  if (!duty.onDuty) return within(noTurn, duty);
  const piece = turn();
  // Before its first shift, a layer has no one until then, whatever its restrictions.
  return piece.person ? within(piece, duty) : piece;
}

/** Returns the turn of a layer's rotation at a time, without its restrictions. */
function turnOf({ name, rotation, members }: Layer, timezone: string, at: number): LayerPiece {
  const shift = shiftAt(rotation, timezone, at);
  if (!shift) return { ...noTurn, end: startOfRotation(rotation, timezone) };
  const turn = shift.number % members.length;
  const { start, end } = shift;
  return { person: members[turn] ?? null, kind: "rotation", by: name, start, end, turn };
}

/** Treats a layer with one person as one endless turn, so that a range takes one step. */
function wholeTurn(layer: Layer, timezone: string, at: number): LayerPiece {
  const piece = pieceOfLayer(layer, timezone, at);
  const [first] = layer.members;
  if (!piece.person || layer.members.some(({ email }) => email !== first?.email)) return piece;
  const turn = { ...piece, start: startOfRotation(layer.rotation, timezone), end: Infinity };
  return within(turn, dutyAt(layer.restrictions, timezone, at));
}

/**
 * Returns `pieceOfLayer` for steps through a range: a piece is computed again only when it ends. Layers with the same
 * restrictions share their duty.
 */
function piecesOfLayers(): PieceAt {
  const steps = new Map<Layer, { readonly timezone: string; readonly pieceAt: (at: number) => LayerPiece }>();
  const duties = new Map<string, DutyAt>();
  const dutiesIn = (timezone: string, restrictions: Layer["restrictions"]) => {
    const key = JSON.stringify([timezone, restrictions]);
    const dutyAt = duties.get(key) ?? memoizeLast(dutiesOf(restrictions, timezone));
    duties.set(key, dutyAt);
    return dutyAt;
  };
  return (layer, timezone, at) => {
    let step = steps.get(layer);
    if (step?.timezone !== timezone) {
      step = { timezone, pieceAt: piecesOfLayer(layer, timezone, dutiesIn(timezone, layer.restrictions)) };
      steps.set(layer, step);
    }
    return step.pieceAt(at);
  };
}

function piecesOfLayer(layer: Layer, timezone: string, dutyAt: DutyAt): (at: number) => LayerPiece {
  const turnAt = memoizeLast((at) => turnOf(layer, timezone, at));
  return memoizeLast((at) => pieceDuring(dutyAt(at), () => turnAt(at)));
}

/** Memoizes the last interval. */
function memoizeLast<T extends { readonly start: number; readonly end: number }>(find: (at: number) => T) {
  let last: T | undefined;
  return (at: number): T => {
    if (!last || at < last.start || at >= last.end) last = find(at);
    return last;
  };
}

function within<T extends OnCall>(piece: T, bounds: { readonly start: number; readonly end: number }): T {
  if (piece.start >= bounds.start && piece.end <= bounds.end) return piece;
  return { ...piece, start: Math.max(piece.start, bounds.start), end: Math.min(piece.end, bounds.end) };
}
