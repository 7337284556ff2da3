/** Pages of the actions on an incident that need more than a few fields. */
export { mergeIncidentPage } from "./merge-incident/page.tsx";
export { moveIncidentPage } from "./move-incident/page.tsx";
export { requestRespondersPage } from "./request-responders/page.tsx";
