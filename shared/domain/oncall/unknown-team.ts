/** Returns the warning about a team that does not exist. @param team its name, as it is to be shown */
export function unknownTeamWarning(team: string): string {
  return `The team ${team} has no schedule yet. Create one, or its incidents page the fallback address.`;
}
