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
  audit: "aud_",
} as const;

/** An incident's id follows from the alert that opens it: opening it twice is opening it once. */
export function incidentIdOfAlert(alertId: string): string {
  return idPrefixes.incident + alertId.slice(idPrefixes.alert.length);
}
