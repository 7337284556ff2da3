/** Every page of the site. Those who do actions show pages too: what came of one. */
import { alertPage } from "./alert.tsx";
import { alertsPage } from "./alerts.tsx";
import { apiKeysPage } from "./api-keys.tsx";
import { auditPage } from "./audit.tsx";
import { dashboardPage } from "./dashboard.tsx";
import { editPolicyPage } from "./edit-policy.tsx";
import { editSchedulePage } from "./edit-schedule.tsx";
import { incidentPage } from "./incident.tsx";
import { incidentsPage } from "./incidents.tsx";
import { integrationsPage } from "./integrations.tsx";
import { newSchedulePage } from "./new-schedule.tsx";
import { notificationPage } from "./notification.tsx";
import { notificationsPage } from "./notifications.tsx";
import { onCallPage } from "./on-call.tsx";
import { reportsPage } from "./reports.tsx";
import { settingsPage } from "./settings.tsx";
import { signInPage } from "./sign-in.tsx";
import { simulatePage } from "./simulate.tsx";
import { teamChannelsPage } from "./team-channels.tsx";
import { teamOnCallPage } from "./team-on-call.tsx";
import { userPage } from "./user.tsx";
import { usersPage } from "./users.tsx";

const settings = [
  settingsPage,
  usersPage,
  userPage,
  teamChannelsPage,
  integrationsPage,
  apiKeysPage,
  auditPage,
];

export const pages = [
  dashboardPage,
  incidentsPage,
  incidentPage,
  alertsPage,
  alertPage,
  notificationsPage,
  notificationPage,
  reportsPage,
  ...settings,
  newSchedulePage,
  editSchedulePage,
  editPolicyPage,
  signInPage,
  onCallPage,
  teamOnCallPage,
  simulatePage,
];
