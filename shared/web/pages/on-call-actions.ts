/** Actions of the pages that show who is on call. */
export {
  endOverrideAction,
  overrideOnCallAction,
  rotateCalendarAction,
  takeOverAction,
} from "./team-on-call/actions.ts";
