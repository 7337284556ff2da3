/** All form actions of the site. */
import type { Action } from "../site/action.ts";
import type { ActionName } from "../site/routes.ts";
import { sendTestAlertAction } from "./alerts/actions.ts";
import { changeApiKeysAction } from "./api-keys/actions.ts";
import { editPolicyAction } from "./edit-policy/actions.ts";
import { deleteScheduleAction, editScheduleAction } from "./edit-schedule/actions.ts";
import { addNoteAction, assignIncidentAction, escalateIncidentAction } from "./incident/actions.ts";
import { answerIncidentsAction } from "./incidents/actions.ts";
import { changeIntegrationsAction } from "./integrations/actions.ts";
import { createIncidentAction } from "./new-incident/actions.ts";
import { createScheduleAction } from "./new-schedule/actions.ts";
import { createSilenceAction } from "./new-silence/actions.tsx";
import { saveServiceAction } from "./services/actions.ts";
import { rememberNameAction, signInAction, signOutAction } from "./sign-in/actions.ts";
import { changeSilenceAction } from "./silences/actions.ts";
import { changeTeamChannelsAction } from "./team-channels/actions.ts";
import {
  endOverrideAction,
  overrideOnCallAction,
  rotateCalendarAction,
  takeOverAction,
} from "./team-on-call/actions.ts";
import { changeUserAction } from "./user/actions.ts";
import { saveUserAction } from "./users/actions.ts";

export const actions = {
  "change-api-keys": changeApiKeysAction,
  "edit-policy": editPolicyAction,
  "edit-schedule": editScheduleAction,
  "delete-schedule": deleteScheduleAction,
  "escalate-incident": escalateIncidentAction,
  "add-note": addNoteAction,
  "assign-incident": assignIncidentAction,
  "answer-incidents": answerIncidentsAction,
  "change-integrations": changeIntegrationsAction,
  "create-incident": createIncidentAction,
  "create-schedule": createScheduleAction,
  "create-silence": createSilenceAction,
  "change-silence": changeSilenceAction,
  "save-service": saveServiceAction,
  "send-test-alert": sendTestAlertAction,
  "sign-in": signInAction,
  "remember-name": rememberNameAction,
  "sign-out": signOutAction,
  "change-team-channels": changeTeamChannelsAction,
  "take-over": takeOverAction,
  "end-override": endOverrideAction,
  "override-on-call": overrideOnCallAction,
  "rotate-calendar": rotateCalendarAction,
  "change-user": changeUserAction,
  "save-user": saveUserAction,
} satisfies Readonly<Record<ActionName, Action>>;
