/** People of another system by their IDs. */

import { addressFault, normalAddress } from "../../shared/channels/address.ts";
import { type ChannelName, channelNames } from "../../shared/channels/registry.ts";
import { email as emailField } from "../../shared/contracts/fields.ts";
import { timezone as timezoneField } from "../../shared/contracts/oncall/local.ts";
import { sameMethod } from "../../shared/domain/access/contact.ts";
import { limits } from "../../shared/domain/limits.ts";
import { type ImportedPerson, type ImportWarning, Unsupported } from "./imported.ts";
import type { Member } from "./rotation.ts";

export interface ContactMethodDraft {
  /** Key by which rules refer to it. */
  readonly key: string;
  readonly channel: ChannelName;
  readonly address: string;
}

export interface PersonDraft {
  readonly name: string;
  readonly email: string;
  readonly timezone: string | undefined;
  readonly contactMethods: readonly ContactMethodDraft[];
  /** Rules with an unknown key are ignored. */
  readonly rules: readonly RuleDraft[];
  readonly lowUrgencyRules?: readonly RuleDraft[];
}

interface RuleDraft {
  readonly key: string;
  readonly delaySeconds: number;
}

/** @throws Unsupported if there is no email address */
export function importPerson(draft: PersonDraft, warnings: ImportWarning[]): ImportedPerson {
  const what = `user ${draft.email || draft.name}`;
  const address = emailField.safeParse(draft.email);
  if (!address.success)
    throw new Unsupported(what, "has no email address, which identifies people on this platform", "Add one.");
  const exported = draft.contactMethods.map((method) => ({
    ...method,
    address: normalAddress(method.channel, method.address),
  }));
  const first = (method: ContactMethodDraft) => exported.find((known) => sameMethod(known, method));
  const contactMethods = exported.filter((method) => {
    if (method !== first(method)) return false;
    const { channel, address } = method;
    const fault = addressFault(channel, address);
    if (fault === undefined) return true;
    warnings.push({
      kind: "left",
      what,
      why: `${channel} ${address}: ${fault}`,
      instead: "Create it manually on this platform.",
    });
    return false;
  });
  const ids = idsOf(contactMethods);
  const zone = timezoneField.safeParse(draft.timezone ?? "UTC");
  if (!zone.success)
    warnings.push({
      kind: "changed",
      what,
      why: `${draft.timezone} is not an IANA time zone; UTC is used`,
      instead: "Set it in their profile. No schedule depends on it.",
    });
  const rulesOf = (rules: readonly RuleDraft[]) =>
    rules.flatMap(({ key, delaySeconds }) => {
      const method = exported.find((known) => known.key === key);
      const id = method && ids.get(first(method)?.key ?? key);
      return id === undefined ? [] : [{ contact_method_id: id, delay_seconds: delaySeconds }];
    });
  return {
    email: address.data,
    body: {
      name: [...(draft.name.trim() || address.data)].slice(0, limits.personNameLength).join(""),
      timezone: zone.data ?? "UTC",
      contact_methods: contactMethods.map(({ key, channel, address }) => ({
        id: ids.get(key) ?? key,
        channel,
        address,
      })),
      notification_rules: rulesOf(draft.rules),
      ...(draft.lowUrgencyRules && { low_urgency_rules: rulesOf(draft.lowUrgencyRules) }),
    },
  };
}

/** IDs are channel names, with a number for further ones of a channel. */
function idsOf(contactMethods: readonly ContactMethodDraft[]): Map<string, string> {
  const counts = new Map<ChannelName, number>();
  return new Map(
    contactMethods.map(({ key, channel }) => {
      const count = (counts.get(channel) ?? 0) + 1;
      counts.set(channel, count);
      return [key, count === 1 ? channel : `${channel}-${count}`];
    }),
  );
}

export type Directory = ReadonlyMap<string, Member>;

/** @throws Unsupported if the person is not in the export */
export function memberOf(people: Directory, id: string, called: string | undefined, what: string): Member {
  const member = people.get(id);
  if (member) return member;
  throw new Unsupported(
    what,
    `refers to ${called ? `${called} (${id})` : id}, who is not in the export`,
    "Replace them, or export the users again.",
  );
}

/** Returns a warning about a contact method that is bound to an app, has no address, or is unsupported. */
export function unsupportedContactMethod(email: string, method: string): ImportWarning {
  const left = { kind: "left", what: `user ${email}` } as const;
  if (/^mobile|push/i.test(method))
    return {
      ...left,
      why: `uses ${method}, which is bound to the app of the other system`,
      instead: "They enable push in their own browser: see docs/notifications.md.",
    };
  if (/^phone/i.test(method) || isChannel(method))
    return {
      ...left,
      why: `uses ${method}, but the export has no address`,
      instead: "Add it to their contact methods on this platform.",
    };
  return {
    ...left,
    why: `uses ${method}, which this platform does not support`,
    instead: "Add a channel of docs/notifications.md, such as sms.",
  };
}

function isChannel(method: string): boolean {
  return channelNames.some((channel) => channel === method.toLowerCase());
}
