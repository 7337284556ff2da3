/** All pages of the site by name, each with a function that loads it. The form function renders pages too. */
import type { Page } from "../site/page.ts";
import type { PageName } from "../site/routes.ts";
import { settingsPage } from "./settings/page.ts";
import { shortLinkPage } from "./short-link/page.ts";
import { signInPage } from "./sign-in/page.tsx";

/** Each file is loaded with the first of its pages. The page function contains the first view. */
const first = () => import("./first-pages.ts");
const incidents = () => import("./incident-pages.ts");
const alerts = () => import("./alert-pages.ts");
const onCall = () => import("./on-call-pages.ts");
const records = () => import("./record-pages.ts");
const configuration = () => import("./configuration-pages.ts");

export const pages = {
  alert: async () => (await alerts()).alertPage,
  alerts: async () => (await alerts()).alertsPage,
  access: async () => (await configuration()).accessPage,
  "api-keys": async () => (await configuration()).apiKeysPage,
  audit: async () => (await configuration()).auditPage,
  home: async () => (await first()).firstPages.home(),
  "dead-letters": async () => (await configuration()).deadLettersPage,
  "edit-policy": async () => (await configuration()).editPolicyPage,
  "edit-schedule": async () => (await configuration()).editSchedulePage,
  incident: async () => (await first()).firstPages.incident(),
  incidents: async () => (await first()).firstPages.incidents(),
  "merge-incident": async () => (await incidents()).mergeIncidentPage,
  "move-incident": async () => (await incidents()).moveIncidentPage,
  "request-responders": async () => (await incidents()).requestRespondersPage,
  integration: async () => (await configuration()).integrationPage,
  integrations: async () => (await configuration()).integrationsPage,
  "new-incident": async () => (await first()).firstPages["new-incident"](),
  "new-silence": async () => (await alerts()).newSilencePage,
  silences: async () => (await alerts()).silencesPage,
  routing: async () => (await alerts()).routingPage,
  heartbeats: async () => (await alerts()).heartbeatsPage,
  "new-heartbeat": async () => (await alerts()).newHeartbeatPage,
  heartbeat: async () => (await alerts()).heartbeatPage,
  "new-schedule": async () => (await configuration()).newSchedulePage,
  notification: async () => (await records()).notificationPage,
  notifications: async () => (await records()).notificationsPage,
  readiness: async () => (await onCall()).readinessPage,
  "on-call-calendar": async () => (await onCall()).onCallCalendarPage,
  "on-call": async () => (await onCall()).onCallPage,
  reports: async () => (await records()).reportsPage,
  "edit-service": async () => (await configuration()).editServicePage,
  service: async () => (await configuration()).servicePage,
  services: async () => (await configuration()).servicesPage,
  search: async () => (await records()).searchPage,
  settings: async () => settingsPage,
  "short-link": async () => shortLinkPage,
  "sign-in": async () => signInPage,
  simulate: async () => (await configuration()).simulatePage,
  system: async () => (await configuration()).systemPage,
  "team-channels": async () => (await configuration()).teamChannelsPage,
  "team-on-call": async () => (await onCall()).teamOnCallPage,
  user: async () => (await configuration()).userPage,
  users: async () => (await configuration()).usersPage,
  webhook: async () => (await configuration()).webhookPage,
  webhooks: async () => (await configuration()).webhooksPage,
} satisfies Readonly<Record<PageName, () => Promise<Page>>>;
