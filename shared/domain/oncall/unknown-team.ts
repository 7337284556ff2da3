/** Returns the warning about a team that does not exist. @param team its name, as it is to be shown */
export function unknownTeamWarning(team: string): string {
  return `The team ${team} has no schedule yet. Create one, or its incidents page the fallback address.`;
}

/** Returns the warning about a key that is limited to a team that does not exist. @param team its name, as it is to be shown */
export function unknownTeamOfKeyWarning(team: string): string {
  return `The team ${team} has no schedule yet. If its name is wrong, revoke the key and create another one.`;
}

/** Returns the warning about an incident of a service without a team. @param team the default team */
export function unownedServiceWarning(service: string, team: string): string {
  return `No team owns the service ${service}, so the incident belongs to the default team, ${team}.`;
}
