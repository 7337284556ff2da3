/**
 * A small model of the contract: incidents of two keys, two services and their teams, each with a primary and a
 * secondary.
 */
import type { UrgencyChoice } from "../../../../shared/domain/incidents/urgency.ts";
import type { Urgency } from "../../../../shared/domain/incidents/urgency-level.ts";
import { isWorse, type Severity } from "../../../../shared/domain/severity.ts";
import { minutes } from "../../builders.ts";

/** Delay between the two levels of the default policy. */
const levelMs = minutes(5);
const reopenableMs = minutes(7 * 24 * 60);

export const teams = ["checkout", "search"] as const;
export type Team = (typeof teams)[number];

interface ModelService {
  readonly team: Team;
  readonly acknowledgementTimeoutMs: number;
  readonly urgency: UrgencyChoice;
}

/** Settings of the services. */
export const services = {
  checkout: { team: "checkout", acknowledgementTimeoutMs: minutes(27), urgency: "by_severity" },
  index: { team: "search", acknowledgementTimeoutMs: minutes(37), urgency: "high" },
  reports: { team: "search", acknowledgementTimeoutMs: minutes(37), urgency: "low" },
} as const satisfies Readonly<Record<string, ModelService>>;
export type ServiceName = keyof typeof services;

/** An incident as the contract has it. Times are epoch milliseconds. */
export interface ModelIncident {
  /** Key of its first alert. */
  readonly key: string;
  service: ServiceName;
  team: Team;
  status: "open" | "acknowledged" | "resolved";
  severity: Severity;
  urgency: Urgency;
  alertCount: number;
  firstAcknowledgedAt: number | null;
  snoozedUntil: number | null;
  expiresAt: number | null;
  resolvedAt: number | null;
  /** Position of the incident that it was merged into. */
  mergedInto: number | null;
  responders: { readonly email: string; readonly askedAt: number; answeredAt: number | null }[];
  /** Decided pages as `round.level`. */
  pages: string[];
}

/** State of an incident that its fields do not show. */
interface Hidden {
  round: number;
  escalatesAt: number | null;
  /** Null if a person has chosen the urgency. */
  setting: UrgencyChoice | null;
  /** Services and keys of its alerts. */
  readonly keys: Set<string>;
}

/** Result of a command: whether the contract allows it. */
export type Allowed = "ok" | "conflict";

export class LifecycleModel {
  now: number;
  readonly incidents: ModelIncident[] = [];
  readonly #hidden = new Map<ModelIncident, Hidden>();
  /** The incident that the alerts of a service and key lead to. */
  readonly #leads = new Map<string, ModelIncident>();

  constructor(now: number) {
    this.now = now;
  }

  trigger(service: ServiceName, key: string, severity: Severity): void {
    const name = nameOf(service, key);
    const known = this.#holderOf(name);
    if (known && known.status !== "resolved") {
      known.alertCount += 1;
      this.#of(known).keys.add(name);
      this.#raise(known, severity);
      return;
    }
    const { team, urgency: setting } = services[service];
    const opened: ModelIncident = {
      key,
      service,
      team,
      status: "open",
      severity,
      urgency: "high",
      alertCount: 1,
      firstAcknowledgedAt: null,
      snoozedUntil: null,
      expiresAt: null,
      resolvedAt: null,
      mergedInto: null,
      responders: [],
      pages: [],
    };
    this.incidents.push(opened);
    this.#hidden.set(opened, { round: 0, escalatesAt: null, setting, keys: new Set([name]) });
    this.#leads.set(name, opened);
    this.#decideUrgency(opened);
    this.#page(opened);
  }

  acknowledge(incident: ModelIncident, email: string): Allowed {
    if (incident.status === "resolved") return "conflict";
    const responder = incident.responders.find((each) => each.email === email && each.answeredAt === null);
    if (responder) responder.answeredAt = this.now;
    if (incident.status === "acknowledged" && (responder || incident.snoozedUntil === null)) return "ok";
    this.#answer(incident);
    incident.snoozedUntil = null;
    incident.expiresAt = this.now + services[incident.service].acknowledgementTimeoutMs;
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
    this.#close(incident);
    return "ok";
  }

  reopen(incident: ModelIncident): Allowed {
    if (incident.status !== "resolved") return "ok";
    const isTooLate = this.now - (incident.resolvedAt ?? 0) > reopenableMs;
    if (incident.mergedInto !== null || isTooLate) return "conflict";
    if (!this.#claim(incident, [...this.#of(incident).keys])) return "conflict";
    incident.resolvedAt = null;
    this.#open(incident);
    return "ok";
  }

  merge(source: ModelIncident, target: ModelIncident): Allowed {
    const into = this.incidents.indexOf(target);
    if (source.mergedInto === into) return "ok";
    const isPossible =
      source !== target &&
      source.mergedInto === null &&
      target.mergedInto === null &&
      target.status !== "resolved";
    if (!isPossible || !this.#claim(target, [...this.#of(source).keys], source)) return "conflict";
    if (source.status !== "resolved") this.#close(source);
    source.mergedInto = into;
    target.alertCount += source.alertCount;
    for (const key of this.#of(source).keys) this.#of(target).keys.add(key);
    this.#raise(target, source.severity);
    return "ok";
  }

  request(incident: ModelIncident, email: string): Allowed {
    if (incident.status === "resolved") return "conflict";
    incident.responders = [
      ...incident.responders.filter((each) => each.email !== email),
      { email, askedAt: this.now, answeredAt: null },
    ];
    return "ok";
  }

  moveToService(incident: ModelIncident, service: ServiceName): Allowed {
    if (incident.mergedInto !== null) return "conflict";
    if (incident.service === service) return "ok";
    const isResolved = incident.status === "resolved";
    if (!isResolved && !this.#claim(incident, [nameOf(service, incident.key)])) return "conflict";
    incident.service = service;
    const hidden = this.#of(incident);
    if (hidden.setting !== null) hidden.setting = services[service].urgency;
    const { urgency: before } = incident;
    this.#decideUrgency(incident);
    if (services[service].team !== incident.team) return this.moveToTeam(incident, services[service].team);
    this.#follow(incident, before);
    return "ok";
  }

  moveToTeam(incident: ModelIncident, team: Team): Allowed {
    if (incident.mergedInto !== null) return "conflict";
    if (incident.team === team) return "ok";
    incident.team = team;
    if (incident.status !== "resolved") this.#open(incident);
    return "ok";
  }

  chooseUrgency(incident: ModelIncident, urgency: Urgency): Allowed {
    if (incident.mergedInto !== null) return "conflict";
    const { urgency: before } = incident;
    this.#of(incident).setting = null;
    incident.urgency = urgency;
    this.#follow(incident, before);
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
      const { escalatesAt } = this.#of(incident);
      const reopensAt = incident.snoozedUntil ?? incident.expiresAt;
      return [
        ...(escalatesAt === null ? [] : [{ at: escalatesAt, run: () => this.#escalate(incident) }]),
        ...(reopensAt === null ? [] : [{ at: reopensAt, run: () => this.#open(incident) }]),
      ];
    });
    return due.toSorted((a, b) => a.at - b.at)[0] ?? null;
  }

  #of(incident: ModelIncident): Hidden {
    const hidden = this.#hidden.get(incident);
    if (!hidden) throw new Error("The incident is of another model");
    return hidden;
  }

  #holderOf(name: string): ModelIncident | undefined {
    let holder = this.#leads.get(name);
    while (holder && holder.mergedInto !== null) holder = this.incidents[holder.mergedInto];
    return holder;
  }

  /** Leads keys to an incident. @returns false if another unresolved incident has one, besides the one that is merged */
  #claim(incident: ModelIncident, names: readonly string[], merged?: ModelIncident): boolean {
    const isTaken = (name: string) => {
      const holder = this.#holderOf(name);
      return holder && holder !== incident && holder !== merged && holder.status !== "resolved";
    };
    if (names.some(isTaken)) return false;
    for (const name of names) this.#leads.set(name, incident);
    return true;
  }

  #answer(incident: ModelIncident): void {
    incident.status = "acknowledged";
    incident.firstAcknowledgedAt ??= this.now;
    this.#of(incident).escalatesAt = null;
  }

  #close(incident: ModelIncident): void {
    incident.status = "resolved";
    incident.resolvedAt = this.now;
    incident.snoozedUntil = null;
    incident.expiresAt = null;
    this.#of(incident).escalatesAt = null;
  }

  #open(incident: ModelIncident): void {
    incident.status = "open";
    incident.snoozedUntil = null;
    incident.expiresAt = null;
    this.#page(incident);
  }

  /** Raises the severity, and with it an urgency that the severity decides. */
  #raise(incident: ModelIncident, severity: Severity): void {
    if (!isWorse(severity, incident.severity)) return;
    incident.severity = severity;
    const { urgency: before } = incident;
    this.#decideUrgency(incident);
    this.#follow(incident, before);
  }

  #decideUrgency(incident: ModelIncident): void {
    const { setting } = this.#of(incident);
    const isSevere = incident.severity === "critical" || incident.severity === "high";
    if (setting === "by_severity") incident.urgency = isSevere ? "high" : "low";
    else if (setting !== null) incident.urgency = setting;
  }

  /** Pages an open incident that has become high. Low urgency does not escalate. */
  #follow(incident: ModelIncident, before: Urgency): void {
    if (incident.urgency === "low") this.#of(incident).escalatesAt = null;
    else if (before === "low" && incident.status === "open") this.#page(incident);
  }

  #page(incident: ModelIncident): void {
    const hidden = this.#of(incident);
    hidden.round += 1;
    incident.pages.push(`${hidden.round}.1`);
    hidden.escalatesAt = incident.urgency === "low" ? null : this.now + levelMs;
  }

  #escalate(incident: ModelIncident): void {
    const hidden = this.#of(incident);
    incident.pages.push(`${hidden.round}.2`);
    hidden.escalatesAt = null;
  }
}

function nameOf(service: string, key: string): string {
  return `${service}/${key}`;
}
