import type { Denial } from "./decide.ts";
import type { Principal } from "./principal.ts";

/** Says which permission a principal lacks. */
export function describeDenial(principal: Principal, denial: Denial): string {
  const key = `The key ${JSON.stringify(principal.name)}`;
  if (denial.missing === "scope") return `${key} lacks the scope ${denial.scope}`;
  if (denial.missing === "team") {
    const teams = denial.teams.map((team) => JSON.stringify(team)).join(", ");
    const other = denial.team === null ? "what belongs to no team" : `team ${JSON.stringify(denial.team)}`;
    return `${key} is limited to changes in ${teams}, which excludes ${other}`;
  }
  const who = principal.kind === "person" ? principal.email : "The caller";
  if (denial.role === null) return `${who} cannot do this, because it requires an API key`;
  return denial.team === null
    ? `${who} lacks the platform-wide role ${denial.role}`
    : `${who} lacks the role ${denial.role} in team ${JSON.stringify(denial.team)}`;
}
