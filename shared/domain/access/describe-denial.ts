import type { Denial } from "./decide.ts";
import type { Principal } from "./principal.ts";

/** Number of administrators that are named. */
const shownAdministrators = 3;

/** Says who can give a missing permission. */
export function askForIt(administrators: readonly string[]): string {
  if (administrators.length === 0) return "Ask an administrator for it";
  const shown = administrators.slice(0, shownAdministrators);
  const more = administrators.length - shown.length;
  return `Ask an administrator for it: ${shown.join(", ")}${more > 0 ? ` or ${more} more` : ""}`;
}

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
