/** Colors of people, the same on every page. */

import type { SchedulePlan } from "../../domain/oncall/schedule.ts";
import type { Person } from "../../domain/person.ts";

/** Returns the CSS class of a person by email; empty for people in no layer. */
export type ToneOf = (email: string) => string;

/** Number of distinct colors. */
const tones = 6;

export function tonesOf(plan: Pick<SchedulePlan, "layers">): ToneOf {
  const places = new Map(peopleOf(plan).map(({ email }, index) => [email, index % tones]));
  return (email) => {
    const tone = places.get(email);
    return tone === undefined ? "" : `t${tone}`;
  };
}

/** Returns the people of a plan without duplicates, in the order of its layers. */
export function peopleOf({ layers }: Pick<SchedulePlan, "layers">): Person[] {
  const members = layers.flatMap((layer) => layer.members);
  return members.filter(({ email }, index) => members.findIndex((other) => other.email === email) === index);
}
