import * as z from "zod";
import { idleMembers } from "../../../domain/oncall/idle-members.ts";
import type { SchedulePlan } from "../../../domain/oncall/schedule.ts";

export const warnings = z.array(z.string()).meta({
  description: "Valid but probably unintended configuration, such as members who never have a shift.",
});

/** Returns warnings about members who never have a shift, with a remedy. */
export function warningsOf(plan: Pick<SchedulePlan, "layers">): string[] {
  return idleMembers(plan).map(({ layer, members }) => {
    const names = members.map(({ name }) => name);
    const subject =
      names.length === 1 ? `${names[0]} never has a shift` : `${list(names)} never have a shift`;
    return (
      `Layer ${JSON.stringify(layer)}: ${subject}, because ${names.length === 1 ? "that turn is" : "their turns are"} ` +
      "always outside the layer's restrictions or covered by a higher layer. Use weekly turns or another number of members."
    );
  });
}

const mostNames = 10;

function list(names: readonly string[]): string {
  if (names.length > mostNames)
    return `${names.slice(0, mostNames).join(", ")} and ${names.length - mostNames} others`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
