/** Pages of what happened: statistics and sent notifications. */
export { notificationPage } from "./notification/page.tsx";
export { notificationsPage } from "./notifications/page.tsx";
export { reportsPage } from "./reports/page.tsx";
