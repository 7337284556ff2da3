/** Pages of alerts and silences. */
export { alertPage } from "./alert/page.tsx";
export { alertsPage } from "./alerts/page.tsx";
export { newSilencePage } from "./new-silence/page.tsx";
export { silencesPage } from "./silences/page.tsx";
