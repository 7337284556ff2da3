/** All form actions of the site by name, each with a function that loads it. */
import type { Action } from "../site/action.ts";
import type { ActionName } from "../site/routes.ts";
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

/** Not part of the first view: each file is loaded with the first of its actions. */
const incidents = () => import("./incident-actions.ts");
const alerts = () => import("./alert-actions.ts");
const onCall = () => import("./on-call-actions.ts");
const configuration = () => import("./configuration-actions.ts");

export const actions = {
  "change-roles": async () => (await configuration()).changeRolesAction,
  "change-api-keys": async () => (await configuration()).changeApiKeysAction,
  "redrive-dead-letters": async () => (await configuration()).redriveDeadLettersAction,
  "edit-policy": async () => (await configuration()).editPolicyAction,
  "edit-schedule": async () => (await configuration()).editScheduleAction,
  "delete-schedule": async () => (await configuration()).deleteScheduleAction,
  "escalate-incident": async () => escalateIncidentAction,
  "snooze-incident": async () => snoozeIncidentAction,
  "reopen-incident": async () => reopenIncidentAction,
  "add-note": async () => addNoteAction,
  "assign-incident": async () => assignIncidentAction,
  "edit-incident": async () => editIncidentAction,
  "merge-incident": async () => (await incidents()).mergeIncidentAction,
  "move-incident": async () => (await incidents()).moveIncidentAction,
  "request-responders": async () => (await incidents()).requestRespondersAction,
  "respond-to-incidents": async () => respondToIncidentsAction,
  "hide-setup": async () => hideSetupAction,
  "change-views": async () => changeViewsAction,
  "change-integration": async () => (await configuration()).changeIntegrationAction,
  "create-integration": async () => (await configuration()).createIntegrationAction,
  "create-incident": async () => createIncidentAction,
  "create-schedule": async () => (await configuration()).createScheduleAction,
  "delete-service": async () => (await configuration()).deleteServiceAction,
  "edit-service": async () => (await configuration()).editServiceAction,
  "save-service": async () => (await configuration()).saveServiceAction,
  "send-test-alert": async () => (await alerts()).sendTestAlertAction,
  "create-silence": async () => (await alerts()).createSilenceAction,
  "change-silence": async () => (await alerts()).changeSilenceAction,
  "edit-routing": async () => (await alerts()).editRoutingAction,
  "create-heartbeat": async () => (await alerts()).createHeartbeatAction,
  "change-heartbeat": async () => (await alerts()).changeHeartbeatAction,
  "sign-in": async () => signInAction,
  "choose-time-zone": async () => chooseTimeZoneAction,
  "remember-name": async () => rememberNameAction,
  "sign-out": async () => signOutAction,
  "send-test-notification": async () => (await configuration()).sendTestNotificationAction,
  "change-team-channels": async () => (await configuration()).changeTeamChannelsAction,
  "save-readiness": async () => (await onCall()).saveReadinessAction,
  "take-over": async () => (await onCall()).takeOverAction,
  "end-override": async () => (await onCall()).endOverrideAction,
  "override-on-call": async () => (await onCall()).overrideOnCallAction,
  "rotate-calendar": async () => (await onCall()).rotateCalendarAction,
  "create-webhook": async () => (await configuration()).createWebhookAction,
  "change-webhook": async () => (await configuration()).changeWebhookAction,
  "change-user": async () => (await configuration()).changeUserAction,
  "forget-user": async () => (await configuration()).forgetUserAction,
  "save-user": async () => (await configuration()).saveUserAction,
} satisfies Readonly<Record<ActionName, () => Promise<Action>>>;
