/** Every page of the site. Those who do actions show pages too: what came of one. */
import { alertPage } from "./alert.tsx";
import { alertsPage } from "./alerts.tsx";
import { dashboardPage } from "./dashboard.tsx";
import { incidentPage } from "./incident.tsx";
import { incidentsPage } from "./incidents.tsx";
import { notificationPage } from "./notification.tsx";
import { notificationsPage } from "./notifications.tsx";
import { reportsPage } from "./reports.tsx";
import { signInPage } from "./sign-in.tsx";

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
];
