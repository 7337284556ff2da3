/** All form actions of the site by name, each with a function that loads it. */
import type { Action } from "../site/action.ts";
import type { ActionName } from "../site/routes.ts";
import { firstActions } from "./first-actions.ts";

/** Not part of the first view: each file is loaded with the first of its actions. */
const incidents = () => import("./incident-actions.ts");
const alerts = () => import("./alert-actions.ts");
const onCall = () => import("./on-call-actions.ts");
const configuration = () => import("./configuration-actions.ts");

export const laterActions = {
  "change-roles": async () => (await configuration()).changeRolesAction,
  "change-api-keys": async () => (await configuration()).changeApiKeysAction,
  "redrive-dead-letters": async () => (await configuration()).redriveDeadLettersAction,
  "edit-policy": async () => (await configuration()).editPolicyAction,
  "edit-schedule": async () => (await configuration()).editScheduleAction,
  "delete-schedule": async () => (await configuration()).deleteScheduleAction,
  "merge-incident": async () => (await incidents()).mergeIncidentAction,
  "move-incident": async () => (await incidents()).moveIncidentAction,
  "request-responders": async () => (await incidents()).requestRespondersAction,
  "change-integration": async () => (await configuration()).changeIntegrationAction,
  "create-integration": async () => (await configuration()).createIntegrationAction,
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
};

export const actions = { ...laterActions, ...firstActions } satisfies Readonly<
  Record<ActionName, () => Promise<Action>>
>;
