/** All pages of the site by name, each with a function that loads it. The form function renders pages too. */
import type { Pages } from "../site/site.ts";
import { alertPage } from "./alert/page.tsx";
import { alertsPage } from "./alerts/page.tsx";
import { homePage } from "./home/page.tsx";
import { incidentPage } from "./incident/page.tsx";
import { incidentsPage } from "./incidents/page.tsx";
import { newIncidentPage } from "./new-incident/page.tsx";
import { notificationPage } from "./notification/page.tsx";
import { notificationsPage } from "./notifications/page.tsx";
import { onCallPage } from "./on-call/page.tsx";
import { reportsPage } from "./reports/page.tsx";
import { settingsPage } from "./settings/page.ts";
import { shortLinkPage } from "./short-link/page.ts";
import { signInPage } from "./sign-in/page.tsx";
import { teamOnCallPage } from "./team-on-call/page.tsx";

/** Not part of the first view. */
const configuration = () => import("./configuration-pages.ts");

export const pages = {
  alert: async () => alertPage,
  alerts: async () => alertsPage,
  "api-keys": async () => (await configuration()).apiKeysPage,
  audit: async () => (await configuration()).auditPage,
  home: async () => homePage,
  "edit-policy": async () => (await configuration()).editPolicyPage,
  "edit-schedule": async () => (await configuration()).editSchedulePage,
  incident: async () => incidentPage,
  incidents: async () => incidentsPage,
  integrations: async () => (await configuration()).integrationsPage,
  "new-incident": async () => newIncidentPage,
  "new-silence": async () => (await configuration()).newSilencePage,
  silences: async () => (await configuration()).silencesPage,
  "new-schedule": async () => (await configuration()).newSchedulePage,
  notification: async () => notificationPage,
  notifications: async () => notificationsPage,
  "on-call": async () => onCallPage,
  reports: async () => reportsPage,
  services: async () => (await configuration()).servicesPage,
  settings: async () => settingsPage,
  "short-link": async () => shortLinkPage,
  "sign-in": async () => signInPage,
  simulate: async () => (await configuration()).simulatePage,
  "team-channels": async () => (await configuration()).teamChannelsPage,
  "team-on-call": async () => teamOnCallPage,
  user: async () => (await configuration()).userPage,
  users: async () => (await configuration()).usersPage,
} satisfies Pages;
