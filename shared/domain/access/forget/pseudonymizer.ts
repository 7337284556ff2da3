/** Replaces a person in stored values, such as incidents, notes and audit log entries. */
import { type Person, readActor } from "../../person.ts";

/** Fields that hold the name of a person, or of a key. */
const actorFields: ReadonlySet<string> = new Set([
  "actor",
  "author",
  "by",
  "acknowledgedBy",
  "acknowledged_by",
  "resolvedBy",
  "resolved_by",
  "createdBy",
  "created_by",
  "next",
]);

/** Fields that other records refer to, and so must stay equal. */
const referenceFields: ReadonlySet<string> = new Set([
  "service",
  "team",
  "source",
  "dedupKey",
  "key",
  "firing",
  "mergedFiring",
  "countedAlerts",
  "calendarToken",
  "matchers",
]);

/** Fields of an audit log entry that lead to its actor. */
const tracingFields: ReadonlySet<string> = new Set(["subject", "ipAddress"]);

/** Lists of the ways to reach the person that their record is about. */
const contactFields: ReadonlySet<string> = new Set([
  "contactMethods",
  "contact_methods",
  "notification_rules",
  "low_urgency_rules",
  "devices",
]);

/** Replaces a person in stored values. */
export interface Pseudonymizer {
  /** Returns the value without the person; the same object if it does not name them. */
  replace<T>(value: T): T;
  /** Returns the names that are known of the person, also those that were found beside their address. */
  names(): readonly string[];
}

/**
 * Creates the replacement of a person. It replaces the address anywhere in a text, names that stand beside the address
 * or in place of an actor, and names of several words anywhere in a text. A single word such as "Ada" stays in texts,
 * because it can mean something else.
 *
 * @param known names of the person
 */
export function pseudonymizer(email: string, known: readonly string[], pseudonym: Person): Pseudonymizer {
  const names = new Map(known.map((name) => [name.toLowerCase(), name]));
  const addresses = [...new Set([email, encodeURIComponent(email)])].map(
    (text) => new RegExp(`(?<![\\w.+'%-])${escapePattern(text)}(?![\\w-]|\\.\\w)`, "gi"),
  );
  const isOwn = (value: unknown) => typeof value === "string" && value.toLowerCase() === email;

  const withoutNames = (text: string): string =>
    [...names.values()]
      .filter((name) => /\s/.test(name))
      .reduce((left, name) => left.replaceAll(wholeWords(name), pseudonym.name), text);

  const isOwnActor = (actor: unknown): boolean => {
    const address = typeof actor === "string" ? readActor(actor).address : "";
    return names.has(address) || isOwn(address);
  };

  const replaceText = (text: string, field: string): string => {
    // An actor who is only an address stays one.
    if (actorFields.has(field) && isOwnActor(text) && !isOwn(text)) return pseudonym.name;
    return withoutNames(addresses.reduce((left, address) => left.replaceAll(address, pseudonym.email), text));
  };

  const replaceField = (owner: object, field: string, value: unknown): unknown => {
    if (referenceFields.has(field)) return value;
    if (tracingFields.has(field) && "actor" in owner && isOwnActor(owner.actor)) return null;
    if ("email" in owner && isOwn(owner.email)) {
      if (field === "name" && typeof value === "string") return pseudonym.name;
      if (contactFields.has(field) && Array.isArray(value)) return value.length === 0 ? value : [];
    }
    return replaceIn(value, field);
  };

  const replaceIn = (value: unknown, field: string): unknown => {
    if (typeof value === "string") return replaceText(value, field);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      const items = value.map((item) => replaceIn(item, field));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    const fields = Object.entries(value).map(
      ([name, each]) => [name, each, replaceField(value, name, each)] as const,
    );
    return fields.every(([, before, after]) => before === after)
      ? value
      : Object.fromEntries(fields.map(([name, , after]) => [name, after]));
  };

  const learnNames = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("email" in value && isOwn(value.email) && "name" in value && typeof value.name === "string")
      if (names.size < mostNames && value.name !== "") names.set(value.name.toLowerCase(), value.name);
    for (const each of Object.values(value)) learnNames(each);
  };

  return {
    replace<T>(value: T): T {
      learnNames(value);
      return replaceIn(value, "") as T;
    },
    names: () => [...names.values()],
  };
}

/** Spellings of one person's name. */
const mostNames = 10;

function wholeWords(text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escapePattern(text)}(?![\\p{L}\\p{N}_])`, "giu");
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
