/** Actions of the pages that show who is on call. */
export { saveReadinessAction } from "./readiness/actions.ts";
export {
  endOverrideAction,
  overrideOnCallAction,
  rotateCalendarAction,
  takeOverAction,
} from "./team-on-call/actions.ts";
