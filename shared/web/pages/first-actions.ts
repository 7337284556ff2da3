/** The actions of the first view, of signing in and signing out. */
import { hideSetupAction } from "./home/actions.ts";
import {
  addNoteAction,
  assignIncidentAction,
  editIncidentAction,
  escalateIncidentAction,
} from "./incident/actions.ts";
import { reopenIncidentAction, snoozeIncidentAction } from "./incident/lifecycle-actions.ts";
import { changeViewsAction, respondToIncidentsAction } from "./incidents/actions.ts";
import { createIncidentAction } from "./new-incident/actions.ts";
import { chooseTimeZoneAction, rememberNameAction, signInAction, signOutAction } from "./sign-in/actions.ts";

export const firstActions = {
  "escalate-incident": async () => escalateIncidentAction,
  "snooze-incident": async () => snoozeIncidentAction,
  "reopen-incident": async () => reopenIncidentAction,
  "add-note": async () => addNoteAction,
  "assign-incident": async () => assignIncidentAction,
  "edit-incident": async () => editIncidentAction,
  "respond-to-incidents": async () => respondToIncidentsAction,
  "hide-setup": async () => hideSetupAction,
  "change-views": async () => changeViewsAction,
  "create-incident": async () => createIncidentAction,
  "sign-in": async () => signInAction,
  "choose-time-zone": async () => chooseTimeZoneAction,
  "remember-name": async () => rememberNameAction,
  "sign-out": async () => signOutAction,
};
