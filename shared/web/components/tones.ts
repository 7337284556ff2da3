/** People are told apart by a colour besides their name, on every page the same. */
import type { Person } from "../../domain/incidents/incident.ts";
import type { SchedulePlan } from "../../domain/oncall/schedule.ts";

/** The class of a person, by e-mail; empty for who is in none of the layers. */
export type ToneOf = (email: string) => string;

/** So many can be told apart; further ones share. */
const tones = 6;

export function tonesOf(plan: Pick<SchedulePlan, "layers">): ToneOf {
  const places = new Map(peopleOf(plan).map(({ email }, index) => [email, index % tones]));
  return (email) => {
    const tone = places.get(email);
    return tone === undefined ? "" : `t${tone}`;
  };
}

/** Everybody in a plan, once, in the order of its layers. */
export function peopleOf({ layers }: Pick<SchedulePlan, "layers">): Person[] {
  const members = layers.flatMap((layer) => layer.members);
  return members.filter(({ email }, index) => members.findIndex((other) => other.email === email) === index);
}
