/** The UI's paths. It answers people with pages and is no part of the API's document. */

/** Every page (GET), by the name of its file in functions/web/pages/. */
export const pageRoutes = {
  dashboard: "/",
  incidents: "/incidents",
  incident: "/incidents/{id}",
  alerts: "/alerts",
  alert: "/alerts/{id}",
  notifications: "/notifications",
  notification: "/notifications/{id}",
  reports: "/reports",
  "sign-in": "/sign-in",
} as const;

/** Every form action (POST), by the name of its file in functions/web/actions/. */
export const actionRoutes = {
  "answer-incidents": "/incidents/answer",
  "escalate-incident": "/incidents/{id}/escalate",
  "assign-incident": "/incidents/{id}/assign",
  "add-note": "/incidents/{id}/notes",
  "sign-in": "/sign-in",
  "sign-out": "/sign-out",
  "remember-name": "/name",
} as const;

/** Stylesheet, script and icons. */
export const assetRoute = "/assets/{asset}";

export type PageName = keyof typeof pageRoutes;
export type ActionName = keyof typeof actionRoutes;

/** The address of a page; what is not in its path goes into the query. */
export function pageHref(name: PageName, values: Readonly<Record<string, string | number>> = {}): string {
  return href(pageRoutes[name], values);
}

/** The address of a list by what it is filtered; what is undefined it is not filtered by. */
export function listHref(name: PageName, filter: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(filter).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return pageHref(name, Object.fromEntries(given));
}

export function actionHref(name: ActionName, values: Readonly<Record<string, string | number>> = {}): string {
  return href(actionRoutes[name], values);
}

function href(route: string, values: Readonly<Record<string, string | number>>): string {
  const path = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (!route.includes(`{${name}}`) && value !== "") query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

const gets = new Set<string>([assetRoute, ...Object.values(pageRoutes)]);
const posts = new Set<string>(Object.values(actionRoutes));

/** Every path of the UI with its methods, as OpenAPI has them. */
export const webPaths: Readonly<Record<string, Readonly<Record<string, object>>>> = Object.fromEntries(
  [...gets.union(posts)].map((path) => [
    path,
    { ...(gets.has(path) && { get: {} }), ...(posts.has(path) && { post: {} }) },
  ]),
);
