/**
 * Simulation of the messages that people would receive about an incident, with their times. It follows the
 * plan of real pages.
 */
import { contactsOf, type User } from "../access/contact.ts";
import type { Urgency } from "../incidents/urgency-level.ts";
import type { ContactMethod } from "../notifications/notification.ts";
import { admission, type PageWindow } from "../notifications/page-window.ts";
import { windowEnd, windowStart } from "../notifications/storm.ts";
import type { Recipient } from "./escalation.ts";

export interface SimulatedPage {
  readonly recipient: Recipient;
  readonly method: ContactMethod;
  /** Delay from the decision to page, in seconds. */
  readonly delaySeconds: number;
  /** Time of sending, epoch milliseconds. */
  readonly at: number;
  /** True if one message would name it together with others. */
  readonly bundled: boolean;
}

/** A decision to page someone. */
export interface SimulatedDecision {
  readonly at: number;
  readonly recipients: readonly Recipient[];
  /** True if its pages repeat those of an earlier pass of the same round. */
  readonly isRepeat: boolean;
  readonly urgency: Urgency;
  /** Time from which its pages are no longer needed, because others follow or someone has answered. */
  readonly until: number;
}

interface Circumstances {
  readonly users: ReadonlyMap<string, User>;
  readonly pagesPerQuarterHour: number;
  readonly bundlingMs: number;
  /** Windows of contact methods by `methodKey`, as far as they are open. */
  readonly windows: ReadonlyMap<string, PageWindow>;
  /** Repeated pages that each person already received about the service, in the 15 minutes of the first decision. */
  readonly counted: ReadonlyMap<string, number>;
}

/** Returns the pages that each decision would send, in the order of the decisions. */
export function simulatedPages(
  decisions: readonly SimulatedDecision[],
  { users, pagesPerQuarterHour, bundlingMs, counted, windows: open }: Circumstances,
): SimulatedPage[][] {
  const opensAt = decisions[0]?.at ?? 0;
  // Pages that are due as the incident opens are sent before anyone can respond.
  const isWaitedFor = ({ at, until }: Pick<PlannedPage, "at" | "until">) => at === opensAt || at < until;
  const planned = decisions.map((decision) => pagesOf(decision, users).filter(isWaitedFor));
  const counts = new Map<string, number>();
  const windows = new Map<string, Pick<PageWindow, "firstPageId" | "startedAt" | "slot">>(open);
  const sent = new Map<PlannedPage, SimulatedPage | null>();
  const isOverLimit = ({ mayBeBundled, recipient: { email }, at }: PlannedPage) => {
    if (!mayBeBundled) return false;
    const since = windowStart(at);
    const name = `${since} ${email}`;
    const before = since === windowStart(opensAt) ? (counted.get(email) ?? 0) : 0;
    const count = (counts.get(name) ?? before) + 1;
    counts.set(name, count);
    return count > pagesPerQuarterHour;
  };
  const sentAt = (page: PlannedPage) => {
    const { at } = page;
    if (isOverLimit(page)) return windowEnd(at);
    if (bundlingMs === 0) return at;
    const key = methodKey(page.recipient.email, page.method);
    const window = windows.get(key);
    const admitted = admission(window, "", at, bundlingMs);
    windows.set(
      key,
      window && admitted.kind === "joins"
        ? { ...window, slot: admitted.slot }
        : { firstPageId: "simulated", startedAt: at, slot: 0 },
    );
    return admitted.kind === "joins" ? admitted.dueAt : at;
  };
  for (const page of planned.flat().toSorted((a, b) => a.at - b.at)) {
    const { mayBeBundled, until, ...shown } = page;
    const at = sentAt(page);
    sent.set(page, isWaitedFor({ at, until }) ? { ...shown, at, bundled: at > page.at } : null);
  }
  return planned.map((pages) => pages.flatMap((page) => sent.get(page) ?? []));
}

/** Identifies a person's contact method. */
export function methodKey(recipient: string, { channel, address }: ContactMethod): string {
  return JSON.stringify([recipient, channel, address]);
}

type PlannedPage = Omit<SimulatedPage, "bundled"> & {
  readonly mayBeBundled: boolean;
  readonly until: number;
};

function pagesOf(
  { at, recipients, isRepeat, urgency, until }: SimulatedDecision,
  users: ReadonlyMap<string, User>,
): PlannedPage[] {
  return recipients.flatMap((recipient) =>
    contactsOf(recipient.email, users.get(recipient.email), urgency).flatMap(({ method, delaySeconds }) =>
      delaySeconds === null
        ? []
        : {
            recipient,
            method,
            delaySeconds,
            at: at + delaySeconds * 1_000,
            until,
            mayBeBundled: isRepeat,
          },
    ),
  );
}
