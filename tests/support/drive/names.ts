/** Names that scenarios share. */
export const team = "payments";
export const email = "ada@example.com";
export const service = "checkout";
/** Query of a month that includes the time of the scenarios. */
export const span = "from=2026-11-23T00:00:00Z&to=2026-12-23T00:00:00Z";

/** Body of a schedule with one or more people, who change daily. */
export function scheduleOf(team: string, ...emails: string[]) {
  const members = emails.map((email) => ({ name: email, email, role: "primary" }));
  return { team, timezone: "UTC", rotation_type: "daily", members, handoff_notices: true };
}

/** Body of a request that declares an incident without an assignee. */
export const unassignedIncident = { title: "down", service, severity: "high", team };
