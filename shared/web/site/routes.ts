/** Paths of the UI. They return HTML pages and are not part of the OpenAPI document. */

import { fillPath, placeholdersOf } from "../../contracts/path-template.ts";
import type { Fault } from "../../domain/errors.ts";

/** Pages (GET) by name. */
export const pageRoutes = {
  home: "/",
  incidents: "/incidents",
  "new-incident": "/incidents/new",
  incident: "/incidents/{id}",
  "merge-incident": "/incidents/{id}/merge",
  "move-incident": "/incidents/{id}/move",
  "request-responders": "/incidents/{id}/responders",
  "short-link": "/i/{number}",
  alerts: "/alerts",
  silences: "/alerts/silences",
  "new-silence": "/alerts/silences/new",
  routing: "/alerts/routing",
  heartbeats: "/alerts/heartbeats",
  "new-heartbeat": "/alerts/heartbeats/new",
  heartbeat: "/alerts/heartbeats/{id}",
  alert: "/alerts/{id}",
  notifications: "/notifications",
  notification: "/notifications/{id}",
  reports: "/reports",
  "on-call": "/on-call",
  "on-call-calendar": "/on-call/calendar",
  simulate: "/on-call/simulate",
  readiness: "/on-call/readiness",
  "team-on-call": "/on-call/{team}",
  services: "/services",
  service: "/services/{service}",
  "edit-service": "/services/{service}/edit",
  settings: "/settings",
  search: "/search",
  users: "/settings/users",
  user: "/settings/users/{email}",
  "team-channels": "/settings/channels",
  system: "/settings/system",
  "dead-letters": "/settings/system/{queue}",
  webhooks: "/settings/webhooks",
  webhook: "/settings/webhooks/{team}/{id}",
  integrations: "/settings/integrations",
  integration: "/settings/integrations/{id}",
  access: "/settings/access",
  "api-keys": "/settings/keys",
  audit: "/settings/audit",
  "new-schedule": "/on-call/new",
  "edit-schedule": "/on-call/{team}/schedule",
  "edit-policy": "/on-call/{team}/policy",
  "sign-in": "/sign-in",
} as const;

/** Form actions (POST) by name. */
export const actionRoutes = {
  "create-incident": "/incidents/new",
  "respond-to-incidents": "/incidents/respond",
  "change-views": "/incidents/views",
  "hide-setup": "/settings/setup",
  "send-test-alert": "/alerts/test",
  "create-silence": "/alerts/silences/new",
  "change-silence": "/alerts/silences/{id}/change",
  "edit-routing": "/alerts/routing",
  "create-heartbeat": "/alerts/heartbeats/new",
  "change-heartbeat": "/alerts/heartbeats/{id}",
  "escalate-incident": "/incidents/{id}/escalate",
  "snooze-incident": "/incidents/{id}/snooze",
  "reopen-incident": "/incidents/{id}/reopen",
  "assign-incident": "/incidents/{id}/assign",
  "add-note": "/incidents/{id}/notes",
  "merge-incident": "/incidents/{id}/merge",
  "move-incident": "/incidents/{id}/move",
  "request-responders": "/incidents/{id}/responders",
  "edit-incident": "/incidents/{id}/edit",
  "save-readiness": "/on-call/readiness",
  "take-over": "/on-call/{team}/take-over",
  "override-on-call": "/on-call/{team}/overrides",
  "end-override": "/on-call/{team}/overrides/{id}/end",
  "rotate-calendar": "/on-call/{team}/calendar-address",
  "save-service": "/services",
  "edit-service": "/services/{service}/edit",
  "delete-service": "/services/{service}/delete",
  "save-user": "/settings/users",
  "change-user": "/settings/users/{email}",
  "forget-user": "/settings/users/{email}/forget",
  "change-team-channels": "/settings/channels",
  "send-test-notification": "/settings/channels/test",
  "create-webhook": "/settings/webhooks",
  "change-webhook": "/settings/webhooks/{team}/{id}",
  "create-integration": "/settings/integrations",
  "change-integration": "/settings/integrations/{id}",
  "change-roles": "/settings/access",
  "change-api-keys": "/settings/keys",
  "redrive-dead-letters": "/settings/system/{queue}",
  "create-schedule": "/on-call/new",
  "edit-schedule": "/on-call/{team}/schedule",
  "delete-schedule": "/on-call/{team}/schedule/delete",
  "edit-policy": "/on-call/{team}/policy",
  "sign-in": "/sign-in",
  "sign-out": "/sign-out",
  "remember-name": "/name",
  "choose-time-zone": "/settings/time-zone",
} as const;

/** Stylesheet, script and icons. */
export const assetRoute = "/assets/{asset}";

/** The service worker. Its scope is the folder that it is in. */
export const workerRoute = "/sw.js";

export type PageName = keyof typeof pageRoutes;
export type ActionName = keyof typeof actionRoutes;

/** A rejected form: its values and faults. */
export interface FormErrors {
  readonly action: ActionName;
  /** All submitted values of each field. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly faults: readonly Fault[];
}

/** Returns the URL of a page. Values that are not in its path become query parameters. */
export function pageHref(name: PageName, values: Readonly<Record<string, string | number>> = {}): string {
  return href(pageRoutes[name], values);
}

/** Returns the URL of a filtered list. Undefined filters are omitted. */
export function listHref(name: PageName, filter: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(filter).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return pageHref(name, Object.fromEntries(given));
}

export function actionHref(name: ActionName, values: Readonly<Record<string, string | number>> = {}): string {
  return href(actionRoutes[name], values);
}

/** Returns the path of the page that an action belongs to: the one at its own path, or the next above it. */
export function pageOfAction(name: ActionName, params: Readonly<Record<string, string>>): string {
  let route: string = actionRoutes[name];
  while (route !== "" && !gets.has(route)) route = route.slice(0, route.lastIndexOf("/"));
  return fillPath(route || pageRoutes.home, params);
}

function href(route: string, values: Readonly<Record<string, string | number>>): string {
  const path = fillPath(route, values);
  const query = new URLSearchParams();
  const inPath = placeholdersOf(route);
  for (const [name, value] of Object.entries(values)) {
    if (!inPath.includes(name) && value !== "") query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

const gets = new Set<string>([assetRoute, workerRoute, ...Object.values(pageRoutes)]);
const posts = new Set<string>(Object.values(actionRoutes));

/** Every path of the UI with its methods, in OpenAPI format. */
export const webPaths: Readonly<Record<string, Readonly<Record<string, object>>>> = Object.fromEntries(
  [...gets.union(posts)].map((path) => [
    path,
    { ...(gets.has(path) && { get: {} }), ...(posts.has(path) && { post: {} }) },
  ]),
);
