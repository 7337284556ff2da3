/** Pages of alerts, routing rules, silences and heartbeats. */
export { alertPage } from "./alert/page.tsx";
export { alertsPage } from "./alerts/page.tsx";
export { heartbeatPage } from "./heartbeat/page.tsx";
export { heartbeatsPage } from "./heartbeats/page.tsx";
export { newHeartbeatPage } from "./new-heartbeat/page.tsx";
export { newSilencePage } from "./new-silence/page.tsx";
export { routingPage } from "./routing/page.tsx";
export { silencesPage } from "./silences/page.tsx";
