/** Readiness: whether the people of a team can be reached when they are paged. */
import {
  type Contact,
  contactsOf,
  type Destination,
  type PersonalMethod,
  sameMethod,
  type User,
} from "../access/contact.ts";
import type { Person } from "../person.ts";
import { contactsOfDrill, type Drill } from "./drill.ts";

export const drillFrequencies = ["off", "weekly"] as const;

/** Requirement of a team on the contact methods of its people. */
export interface ReadinessRule {
  /** Time within which the first working method must be used, in seconds. */
  readonly withinSeconds: number;
  /** Number of different channels that must work, fallbacks included. */
  readonly channels: number;
  /** Weekly: the next person on call is paged once per week, to practice. */
  readonly drill: (typeof drillFrequencies)[number];
}

/** Rule of teams that have not set one: one failed provider must not make a person unreachable. */
export const defaultReadiness: ReadinessRule = { withinSeconds: 300, channels: 2, drill: "off" };

/** Reasons for which a contact method does not count. */
export type MethodFault = "unverified" | "simulated" | "stopped" | "no_devices";

export interface MethodReadiness {
  readonly method: PersonalMethod;
  /** Delay from the page; null if it is used only after another one failed. */
  readonly delaySeconds: number | null;
  /** Null for a method that counts. */
  readonly fault: MethodFault | null;
}

/** Reasons for which a person is not ready. */
export type ReadinessFault = "late" | "too_few_channels" | "no_drill" | "missed_drill";

export interface PersonReadiness {
  readonly person: Person;
  /** Each once, in the order of use. */
  readonly methods: readonly MethodReadiness[];
  /** Empty if the person is ready. */
  readonly faults: readonly ReadinessFault[];
  /** Last time the person answered a message, in epoch milliseconds; null for never. */
  readonly answeredAt: number | null;
}

export interface TeamReadiness {
  readonly team: string;
  readonly rule: ReadinessRule;
  /** The latest drill; null for none. */
  readonly drill: Drill | null;
  /** People on the schedule and in overrides that have not ended, at most `limits.readinessPeople`. */
  readonly people: readonly PersonReadiness[];
  /** Number of people who are left out. */
  readonly more: number;
}

/** Facts about channels and addresses. */
export interface Reach {
  /** Returns false for an address whose channel has no provider, so that messages are printed to the console. */
  readonly hasProvider: (method: Destination) => boolean;
  /** Phone numbers that get no text messages. */
  readonly stopped: ReadonlySet<string>;
  /** People who enabled push on at least one device. */
  readonly withDevices: ReadonlySet<string>;
}

/** Returns whether a person can be reached within a team's requirement. */
export function readinessOf(
  person: Person,
  user: User | undefined,
  answeredAt: number | null,
  rule: ReadinessRule,
  reach: Reach,
  drill: Drill | undefined,
): PersonReadiness {
  const contacts = firstUses(contactsOf(person.email, user));
  const methods = contacts.map(({ method, delaySeconds }) => {
    return { method, delaySeconds, fault: faultOf(method, person.email, reach) };
  });
  const working = methods.filter(({ fault }) => fault === null);
  const isInTime = working.some(
    ({ delaySeconds }) => delaySeconds !== null && delaySeconds <= rule.withinSeconds,
  );
  const channels = new Set(working.map(({ method }) => method.channel)).size;
  const isDrilled = rule.drill === "off" || contactsOfDrill(person.email, user, reach.hasProvider).length > 0;
  const isMissed = drill?.email === person.email && drill.missedAt !== null && drill.answeredAt === null;
  const faults: readonly ReadinessFault[] = [
    ...(isInTime ? [] : ["late" as const]),
    ...(channels >= rule.channels ? [] : ["too_few_channels" as const]),
    ...(isDrilled ? [] : ["no_drill" as const]),
    ...(isMissed ? ["missed_drill" as const] : []),
  ];
  return { person: { ...person, name: user?.name ?? person.name }, methods, faults, answeredAt };
}

/** Returns each contact method once, with its first use. */
function firstUses(contacts: readonly Contact[]): readonly Contact[] {
  return contacts.filter(
    ({ method }, index) => contacts.findIndex((each) => sameMethod(each.method, method)) === index,
  );
}

function faultOf(
  { channel, address, verifiedAt }: PersonalMethod,
  email: string,
  { hasProvider, stopped, withDevices }: Reach,
): MethodFault | null {
  if (!hasProvider({ channel, address })) return "simulated";
  if (channel === "sms" && stopped.has(address)) return "stopped";
  if (channel === "push" && !withDevices.has(email)) return "no_devices";
  return verifiedAt === undefined ? "unverified" : null;
}
