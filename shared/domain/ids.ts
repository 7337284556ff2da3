/** Prefixes of IDs. An ID is a prefix for its type and a ULID, so IDs sort by time. */
export const idPrefixes = {
  alert: "alt_",
  incident: "inc_",
  event: "evt_",
  note: "nte_",
  notification: "ntf_",
  schedule: "sch_",
  override: "ovr_",
  account: "acc_",
  apiKey: "key_",
  integration: "int_",
  integrationError: "err_",
  change: "chg_",
  audit: "aud_",
  webhook: "whk_",
  silence: "sil_",
  heartbeat: "hbt_",
  followUp: "flw_",
  pushDevice: "psh_",
  scimUser: "usr_",
  scimGroup: "grp_",
} as const;

/** Digits of Crockford's base 32. */
const ulidDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Returns the time of the ULID in an ID, in epoch milliseconds. */
export function timeOfId(id: string): number {
  const time = id.slice(id.indexOf("_") + 1).slice(0, 10);
  return [...time].reduce((at, digit) => at * 32 + ulidDigits.indexOf(digit), 0);
}

/** Derives an event's ID from its note, so that publishing a note twice has no effect. */
export function eventIdOfNote(noteId: string): string {
  return idPrefixes.event + noteId.slice(idPrefixes.note.length);
}

/** Derives an incident's ID from the alert that opens it, so that opening it twice has no effect. */
export function incidentIdOfAlert(alertId: string): string {
  return idPrefixes.incident + alertId.slice(idPrefixes.alert.length);
}

/** Returns the ID of the alert that opened an incident, if one did. */
export function alertIdOfIncident(incidentId: string): string {
  return idPrefixes.alert + incidentId.slice(idPrefixes.incident.length);
}
