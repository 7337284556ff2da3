/** Ids are a prefix that says what they name and a ULID, so that they sort by time. */
export const idPrefixes = {
  alert: "alt_",
  incident: "inc_",
  event: "evt_",
  note: "nte_",
  notification: "ntf_",
  schedule: "sch_",
  override: "ovr_",
  apiKey: "key_",
  integration: "int_",
  integrationError: "err_",
  change: "chg_",
  audit: "aud_",
  webhook: "whk_",
  silence: "sil_",
  heartbeat: "hbt_",
  followUp: "flw_",
} as const;

/** Crockford's base 32. */
const ulidDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The instant of a ULID behind an id's prefix, epoch milliseconds. */
export function timeOfId(id: string): number {
  const time = id.slice(id.indexOf("_") + 1).slice(0, 10);
  return [...time].reduce((at, digit) => at * 32 + ulidDigits.indexOf(digit), 0);
}

/** Telling of a note twice is telling of it once. */
export function eventIdOfNote(noteId: string): string {
  return idPrefixes.event + noteId.slice(idPrefixes.note.length);
}

/** An incident's id follows from the alert that opens it: opening it twice is opening it once. */
export function incidentIdOfAlert(alertId: string): string {
  return idPrefixes.incident + alertId.slice(idPrefixes.alert.length);
}

/** The alert that opened an incident, if one did. */
export function alertIdOfIncident(incidentId: string): string {
  return idPrefixes.alert + incidentId.slice(idPrefixes.incident.length);
}
