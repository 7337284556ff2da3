/** Pages that show who is on call. */
export { onCallPage } from "./on-call/page.tsx";
export { onCallCalendarPage } from "./on-call-calendar/page.tsx";
export { readinessPage } from "./readiness/page.tsx";
export { teamOnCallPage } from "./team-on-call/page.tsx";
