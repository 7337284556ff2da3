/** Actions on an incident that have pages of their own. */
export { mergeIncidentAction } from "./merge-incident/actions.ts";
export { moveIncidentAction } from "./move-incident/actions.ts";
export { requestRespondersAction } from "./request-responders/actions.ts";
