/** Every page of the site. Those who do actions show pages too: what came of one. */
import { alertPage } from "./alert.tsx";
import { alertsPage } from "./alerts.tsx";
import { dashboardPage } from "./dashboard.tsx";
import { incidentPage } from "./incident.tsx";
import { incidentsPage } from "./incidents.tsx";
import { notificationPage } from "./notification.tsx";
import { notificationsPage } from "./notifications.tsx";
import { onCallPage } from "./on-call.tsx";
import { reportsPage } from "./reports.tsx";
import { signInPage } from "./sign-in.tsx";
import { simulatePage } from "./simulate.tsx";
import { teamOnCallPage } from "./team-on-call.tsx";

export const pages = [
  dashboardPage,
  incidentsPage,
  incidentPage,
  alertsPage,
  alertPage,
  notificationsPage,
  notificationPage,
  reportsPage,
  signInPage,
  onCallPage,
  teamOnCallPage,
  simulatePage,
];
