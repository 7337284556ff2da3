/** Pages of what happened: statistics, sent notifications, and the search. */
export { notificationPage } from "./notification/page.tsx";
export { notificationsPage } from "./notifications/page.tsx";
export { reportsPage } from "./reports/page.tsx";
export { searchPage } from "./search/page.tsx";
