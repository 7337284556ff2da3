/** The pages of the first view. */
import { homePage } from "./home/page.tsx";
import { incidentPage } from "./incident/page.tsx";
import { incidentsPage } from "./incidents/page.tsx";
import { newIncidentPage } from "./new-incident/page.tsx";

export const firstPages = {
  home: async () => homePage,
  incident: async () => incidentPage,
  incidents: async () => incidentsPage,
  "new-incident": async () => newIncidentPage,
};
