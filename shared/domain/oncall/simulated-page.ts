/**
 * Simulation of the messages that people would receive about an incident, with their times. It follows the
 * plan of real pages.
 */
import { contactsOf, type User } from "../access/contact.ts";
import type { Urgency } from "../incidents/urgency-level.ts";
import type { ContactMethod } from "../notifications/notification.ts";
import { windowEnd, windowStart } from "../notifications/storm.ts";
import type { Recipient } from "./escalation.ts";

export interface SimulatedPage {
  readonly recipient: Recipient;
  readonly method: ContactMethod;
  /** Delay from the decision to page, in seconds. */
  readonly delaySeconds: number;
  /** Time of sending, epoch milliseconds. */
  readonly at: number;
  /** True if storm protection would bundle it with others. */
  readonly bundled: boolean;
}

/** A decision to page someone. */
export interface SimulatedDecision {
  readonly at: number;
  readonly recipients: readonly Recipient[];
  /** True for the first pages of the incident. */
  readonly first: boolean;
  readonly urgency: Urgency;
  /** Time from which its pages are no longer needed, because others follow or someone has answered. */
  readonly until: number;
}

interface Circumstances {
  readonly users: ReadonlyMap<string, User>;
  readonly pagesPerQuarterHour: number;
  /** Pages that each person already received about the service, in the 15 minutes of the first decision. */
  readonly counted: ReadonlyMap<string, number>;
}

/** Returns the pages that each decision would send, in the order of the decisions. */
export function simulatedPages(
  decisions: readonly SimulatedDecision[],
  { users, pagesPerQuarterHour, counted }: Circumstances,
): SimulatedPage[][] {
  const opensAt = decisions[0]?.at ?? 0;
  // Pages that are due as the incident opens are sent before anyone can respond.
  const isWaitedFor = ({ at, until }: Pick<PlannedPage, "at" | "until">) => at === opensAt || at < until;
  const planned = decisions.map((decision) => pagesOf(decision, users).filter(isWaitedFor));
  const counts = new Map<string, number>();
  const sent = new Map<PlannedPage, SimulatedPage | null>();
  for (const page of planned.flat().toSorted((a, b) => a.at - b.at)) {
    const since = windowStart(page.at);
    const { email } = page.recipient;
    const name = `${since} ${email}`;
    const before = since === windowStart(opensAt) ? (counted.get(email) ?? 0) : 0;
    const count = (counts.get(name) ?? before) + 1;
    counts.set(name, count);
    const { mayBeBundled, until, ...shown } = page;
    const bundled = mayBeBundled && count > pagesPerQuarterHour;
    const at = bundled ? windowEnd(page.at) : page.at;
    sent.set(page, isWaitedFor({ at, until }) ? { ...shown, at, bundled } : null);
  }
  return planned.map((pages) => pages.flatMap((page) => sent.get(page) ?? []));
}

type PlannedPage = Omit<SimulatedPage, "bundled"> & {
  readonly mayBeBundled: boolean;
  readonly until: number;
};

function pagesOf(
  { at, recipients, first, urgency, until }: SimulatedDecision,
  users: ReadonlyMap<string, User>,
): PlannedPage[] {
  return recipients.flatMap((recipient) =>
    contactsOf(recipient.email, users.get(recipient.email), urgency).flatMap(
      ({ method, delaySeconds }, index) =>
        delaySeconds === null
          ? []
          : {
              recipient,
              method,
              delaySeconds,
              at: at + delaySeconds * 1_000,
              until,
              mayBeBundled: !(first && index === 0),
            },
    ),
  );
}
