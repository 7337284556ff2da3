/** A small model of the contract: incidents of two keys, one team with a primary and a secondary, one service. */
import { isWorse, type Severity } from "../../../shared/domain/severity.ts";
import { minutes } from "../builders.ts";

/** Delay between the two levels of the default policy. */
const levelMs = minutes(5);
/** Setting of the service. */
export const acknowledgementTimeoutMs = minutes(27);
const reopenableMs = minutes(7 * 24 * 60);

/** An incident as the contract has it. Times are epoch milliseconds. */
export interface ModelIncident {
  readonly key: string;
  status: "open" | "acknowledged" | "resolved";
  severity: Severity;
  alertCount: number;
  firstAcknowledgedAt: number | null;
  snoozedUntil: number | null;
  expiresAt: number | null;
  resolvedAt: number | null;
  /** Decided pages as `round.level`. */
  pages: string[];
  round: number;
  escalatesAt: number | null;
}

/** Result of a command: whether the contract allows it. */
export type Allowed = "ok" | "conflict";

export class LifecycleModel {
  now: number;
  readonly incidents: ModelIncident[] = [];

  constructor(now: number) {
    this.now = now;
  }

  trigger(key: string, severity: Severity): Allowed {
    const known = this.incidents.find((each) => each.key === key && each.status !== "resolved");
    if (known) {
      known.alertCount += 1;
      if (isWorse(severity, known.severity)) known.severity = severity;
      return "ok";
    }
    const opened: ModelIncident = {
      key,
      status: "open",
      severity,
      alertCount: 1,
      firstAcknowledgedAt: null,
      snoozedUntil: null,
      expiresAt: null,
      resolvedAt: null,
      pages: [],
      round: 0,
      escalatesAt: null,
    };
    this.incidents.push(opened);
    this.#page(opened);
    return "ok";
  }

  acknowledge(incident: ModelIncident): Allowed {
    if (incident.status === "resolved") return "conflict";
    if (incident.status === "acknowledged" && incident.snoozedUntil === null) return "ok";
    this.#answer(incident);
    incident.snoozedUntil = null;
    incident.expiresAt = this.now + acknowledgementTimeoutMs;
    return "ok";
  }

  snooze(incident: ModelIncident, forMs: number): Allowed {
    if (incident.status === "resolved") return "conflict";
    this.#answer(incident);
    incident.snoozedUntil = this.now + forMs;
    incident.expiresAt = null;
    return "ok";
  }

  unacknowledge(incident: ModelIncident): Allowed {
    if (incident.status === "resolved") return "conflict";
    if (incident.status === "acknowledged") this.#open(incident);
    return "ok";
  }

  resolve(incident: ModelIncident): Allowed {
    if (incident.status === "resolved") return "ok";
    this.#answer(incident);
    incident.status = "resolved";
    incident.resolvedAt = this.now;
    incident.snoozedUntil = null;
    incident.expiresAt = null;
    return "ok";
  }

  reopen(incident: ModelIncident): Allowed {
    if (incident.status !== "resolved") return "ok";
    const isHeld = this.incidents.some((each) => each.key === incident.key && each.status !== "resolved");
    if (isHeld || this.now - (incident.resolvedAt ?? 0) > reopenableMs) return "conflict";
    incident.resolvedAt = null;
    this.#open(incident);
    return "ok";
  }

  /** Advances to a time, and does what is due until then and at that time. */
  advanceTo(until: number): void {
    for (;;) {
      const next = this.nextDue();
      if (next === null || next.at > until) break;
      this.now = next.at;
      next.run();
    }
    this.now = until;
  }

  /** Returns the next thing that happens by itself. */
  nextDue(): { readonly at: number; readonly run: () => void } | null {
    const due = this.incidents.flatMap((incident) => {
      const { escalatesAt, snoozedUntil, expiresAt } = incident;
      const reopensAt = snoozedUntil ?? expiresAt;
      return [
        ...(escalatesAt === null ? [] : [{ at: escalatesAt, run: () => this.#escalate(incident) }]),
        ...(reopensAt === null ? [] : [{ at: reopensAt, run: () => this.#open(incident) }]),
      ];
    });
    return due.toSorted((a, b) => a.at - b.at)[0] ?? null;
  }

  #answer(incident: ModelIncident): void {
    incident.status = "acknowledged";
    incident.firstAcknowledgedAt ??= this.now;
    incident.escalatesAt = null;
  }

  #open(incident: ModelIncident): void {
    incident.status = "open";
    incident.snoozedUntil = null;
    incident.expiresAt = null;
    this.#page(incident);
  }

  #page(incident: ModelIncident): void {
    incident.round += 1;
    incident.pages.push(`${incident.round}.1`);
    incident.escalatesAt = this.now + levelMs;
  }

  #escalate(incident: ModelIncident): void {
    incident.pages.push(`${incident.round}.2`);
    incident.escalatesAt = null;
  }
}
