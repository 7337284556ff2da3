/** Every page of the site. Those who do actions show pages too: what came of one. */
import { dashboardPage } from "./dashboard.tsx";
import { incidentPage } from "./incident.tsx";
import { incidentsPage } from "./incidents.tsx";
import { signInPage } from "./sign-in.tsx";

export const pages = [dashboardPage, incidentsPage, incidentPage, signInPage];
