/** All pages of the site. The form function renders pages too. */
import type { Pages } from "../site/site.ts";
import { alertPage } from "./alert/page.tsx";
import { alertsPage } from "./alerts/page.tsx";
import { apiKeysPage } from "./api-keys/page.tsx";
import { auditPage } from "./audit/page.tsx";
import { dashboardPage } from "./dashboard/page.tsx";
import { editPolicyPage } from "./edit-policy/page.tsx";
import { editSchedulePage } from "./edit-schedule/page.tsx";
import { incidentPage } from "./incident/page.tsx";
import { incidentsPage } from "./incidents/page.tsx";
import { integrationsPage } from "./integrations/page.tsx";
import { newIncidentPage } from "./new-incident/page.tsx";
import { newSchedulePage } from "./new-schedule/page.tsx";
import { newSilencePage } from "./new-silence/page.tsx";
import { notificationPage } from "./notification/page.tsx";
import { notificationsPage } from "./notifications/page.tsx";
import { onCallPage } from "./on-call/page.tsx";
import { reportsPage } from "./reports/page.tsx";
import { servicesPage } from "./services/page.tsx";
import { signInPage } from "./sign-in/page.tsx";
import { silencesPage } from "./silences/page.tsx";
import { simulatePage } from "./simulate/page.tsx";
import { teamChannelsPage } from "./team-channels/page.tsx";
import { teamOnCallPage } from "./team-on-call/page.tsx";
import { userPage } from "./user/page.tsx";
import { usersPage } from "./users/page.tsx";

export const pages = {
  alert: alertPage,
  alerts: alertsPage,
  "api-keys": apiKeysPage,
  audit: auditPage,
  dashboard: dashboardPage,
  "edit-policy": editPolicyPage,
  "edit-schedule": editSchedulePage,
  incident: incidentPage,
  incidents: incidentsPage,
  integrations: integrationsPage,
  "new-incident": newIncidentPage,
  "new-schedule": newSchedulePage,
  "new-silence": newSilencePage,
  notification: notificationPage,
  notifications: notificationsPage,
  "on-call": onCallPage,
  reports: reportsPage,
  services: servicesPage,
  "sign-in": signInPage,
  silences: silencesPage,
  simulate: simulatePage,
  "team-channels": teamChannelsPage,
  "team-on-call": teamOnCallPage,
  user: userPage,
  users: usersPage,
} satisfies Pages;
