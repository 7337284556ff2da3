/** Use cases of forms that change the configuration. Their code is loaded when it is needed. */

import { sha256 } from "../../crypto/sha256.ts";
import { createLinkCode } from "../../use-cases/access/accounts/create-link-code.ts";
import { addContactMethod } from "../../use-cases/access/add-contact-method.ts";
import { changeUser } from "../../use-cases/access/change-user.ts";
import { createApiKey } from "../../use-cases/access/create-api-key.ts";
import { deleteUser } from "../../use-cases/access/delete-user.ts";
import { addPushDevice } from "../../use-cases/access/push/add-push-device.ts";
import { removePushDevice } from "../../use-cases/access/push/remove-push-device.ts";
import { assignRole, removeRole } from "../../use-cases/access/put-roles.ts";
import { revokeApiKey } from "../../use-cases/access/revoke-api-key.ts";
import { rotateApiKey } from "../../use-cases/access/rotate-api-key.ts";
import { saveProfile } from "../../use-cases/access/save-profile.ts";
import { createSilence } from "../../use-cases/alerts/create-silence.ts";
import { endSilence } from "../../use-cases/alerts/end-silence.ts";
import { createHeartbeat } from "../../use-cases/alerts/heartbeats/create-heartbeat.ts";
import { deleteHeartbeat } from "../../use-cases/alerts/heartbeats/delete-heartbeat.ts";
import { rotateHeartbeat } from "../../use-cases/alerts/heartbeats/rotate-heartbeat.ts";
import { updateHeartbeat } from "../../use-cases/alerts/heartbeats/update-heartbeat.ts";
import { putRoutingRules } from "../../use-cases/alerts/put-routing-rules.ts";
import { readLatestAlerts } from "../../use-cases/alerts/read-latest-alerts.ts";
import { sendTestAlert } from "../../use-cases/alerts/send-test-alert.ts";
import { updateSilence } from "../../use-cases/alerts/update-silence.ts";
import { createIntegration } from "../../use-cases/integrations/create-integration.ts";
import { deleteIntegration } from "../../use-cases/integrations/delete-integration.ts";
import { rotateIntegration } from "../../use-cases/integrations/rotate-integration.ts";
import { updateIntegration } from "../../use-cases/integrations/update-integration.ts";
import { sendTestMessage } from "../../use-cases/notifications/send-test-message.ts";
import { addTeamChannel } from "../../use-cases/notifications/team-channels/add-team-channel.ts";
import { removeTeamChannel } from "../../use-cases/notifications/team-channels/remove-team-channel.ts";
import { createWebhook } from "../../use-cases/notifications/webhooks/create-webhook.ts";
import { deleteWebhook } from "../../use-cases/notifications/webhooks/delete-webhook.ts";
import { replayDelivery } from "../../use-cases/notifications/webhooks/replay-delivery.ts";
import { rotateWebhookSecret } from "../../use-cases/notifications/webhooks/rotate-webhook-secret.ts";
import { testWebhook } from "../../use-cases/notifications/webhooks/test-webhook.ts";
import { updateWebhook } from "../../use-cases/notifications/webhooks/update-webhook.ts";
import { createOverride } from "../../use-cases/oncall/overrides/create-override.ts";
import { endOverride } from "../../use-cases/oncall/overrides/end-override.ts";
import { findOverlaps } from "../../use-cases/oncall/overrides/find-overlaps.ts";
import { putReadiness } from "../../use-cases/oncall/readiness/put-readiness.ts";
import { replacePolicy } from "../../use-cases/oncall/replace-policy.ts";
import { changeSchedule } from "../../use-cases/oncall/schedules/change-schedule.ts";
import { createSchedule } from "../../use-cases/oncall/schedules/create-schedule.ts";
import { deleteSchedule } from "../../use-cases/oncall/schedules/delete-schedule.ts";
import { rotateCalendarToken } from "../../use-cases/oncall/schedules/rotate-calendar-token.ts";
import { deleteService } from "../../use-cases/oncall/services/delete-service.ts";
import { saveService } from "../../use-cases/oncall/services/save-service.ts";
import type { laterActions } from "../../web/pages/all-actions.ts";
import type { UseCasesOf } from "../../web/site/use-case.ts";
import { administratorDeps } from "../access/administrators.ts";
import {
  acceptDeps,
  changeHeartbeatDeps,
  heartbeatDeps,
  makeIntegrationDeps,
  makeKeyDeps,
  notifyDeps,
  pushDeviceDeps,
  ruleDeps,
  scheduleDeps,
  sendToWebhookDeps,
  serviceDeps,
} from "../later/deps.ts";
import { linkedAccounts, teamChannels, webhooks } from "../later/stores.ts";
import { alerts, schedules, users } from "../stores.ts";
import { makeSecret, makeSigningSecret, ulid } from "../system.ts";
import type { actionUseCases } from "./action-use-cases.ts";
import { redriveQueue } from "./dead-letters.ts";
import type { pageUseCases } from "./page-use-cases.ts";
import { wire } from "./wire.ts";

const makeScheduleDeps = () => ({ ...scheduleDeps(), ulid, makeSecret });
const integrationDeps = () => ({ ...makeIntegrationDeps(), ulid });
const keyDeps = () => ({ ...makeKeyDeps(), ulid });
const channelDeps = () => ({ teamChannels: teamChannels() });
const webhookDeps = () => ({ webhooks: webhooks(), makeSigningSecret });
const userDeps = () => ({ users: users() });

type OwnUseCases = Omit<
  UseCasesOf<typeof laterActions>,
  keyof typeof pageUseCases | keyof typeof actionUseCases
>;

export const configurationUseCases: OwnUseCases = {
  createSilence: wire(createSilence, () => ({ ...ruleDeps(), ulid })),
  endSilence: wire(endSilence, ruleDeps),
  updateSilence: wire(updateSilence, ruleDeps),
  readLatestAlerts: wire(readLatestAlerts, () => ({ alerts: alerts() })),
  putRoutingRules: wire(putRoutingRules, ruleDeps),
  createHeartbeat: wire(createHeartbeat, () => ({ ...changeHeartbeatDeps(), makeSecret, sha256, ulid })),
  updateHeartbeat: wire(updateHeartbeat, changeHeartbeatDeps),
  rotateHeartbeat: wire(rotateHeartbeat, () => ({ ...changeHeartbeatDeps(), makeSecret, sha256 })),
  deleteHeartbeat: wire(deleteHeartbeat, heartbeatDeps),
  createOverride: wire(createOverride, makeScheduleDeps),
  findOverlaps: wire(findOverlaps, makeScheduleDeps),
  endOverride: wire(endOverride, makeScheduleDeps),
  rotateCalendarToken: wire(rotateCalendarToken, makeScheduleDeps),
  createSchedule: wire(createSchedule, makeScheduleDeps),
  changeSchedule: wire(changeSchedule, makeScheduleDeps),
  deleteSchedule: wire(deleteSchedule, makeScheduleDeps),
  replacePolicy: wire(replacePolicy, makeScheduleDeps),
  putReadiness: wire(putReadiness, makeScheduleDeps),
  saveService: wire(saveService, serviceDeps),
  deleteService: wire(deleteService, serviceDeps),
  saveProfile: wire(saveProfile, userDeps),
  changeUser: wire(changeUser, userDeps),
  addContactMethod: wire(addContactMethod, userDeps),
  createLinkCode: wire(createLinkCode, () => ({
    ...userDeps(),
    linkedAccounts: linkedAccounts(),
    makeSecret,
    sha256,
  })),
  addPushDevice: wire(addPushDevice, pushDeviceDeps),
  removePushDevice: wire(removePushDevice, pushDeviceDeps),
  deleteUser: wire(deleteUser, pushDeviceDeps),
  // Loaded when it is needed: hardly ever.
  forgetUser: async (email, now) => (await import("../access/forget-user.ts")).forgetUser(email, now),
  addTeamChannel: wire(addTeamChannel, channelDeps),
  removeTeamChannel: wire(removeTeamChannel, channelDeps),
  sendTestAlert: wire(sendTestAlert, () => ({ ...acceptDeps(), ...serviceDeps(), ulid })),
  redriveQueue,
  // Loaded when they are needed, because people verify a contact method once.
  sendCode: async (...args) => (await import("../access/verify-method.ts")).sendCode(...args),
  enterCode: async (...args) => (await import("../access/verify-method.ts")).enterCode(...args),
  sendTestMessage: wire(sendTestMessage, () => ({ ...notifyDeps(), ulid })),
  createWebhook: wire(createWebhook, () => ({ ...webhookDeps(), ulid })),
  updateWebhook: wire(updateWebhook, webhookDeps),
  rotateWebhookSecret: wire(rotateWebhookSecret, webhookDeps),
  deleteWebhook: wire(deleteWebhook, webhookDeps),
  testWebhook: wire(testWebhook, () => ({ ...sendToWebhookDeps(), ulid })),
  replayDelivery: wire(replayDelivery, () => ({ ...sendToWebhookDeps(), ulid })),
  createIntegration: wire(createIntegration, integrationDeps),
  updateIntegration: wire(updateIntegration, integrationDeps),
  // Loaded when it is needed: it contains what only requests of monitoring systems use otherwise.
  sendTestEvent: async (id, now) => (await import("../test-events.ts")).sendTestEvent(id, now),
  rotateIntegration: wire(rotateIntegration, integrationDeps),
  deleteIntegration: wire(deleteIntegration, integrationDeps),
  createApiKey: wire(createApiKey, () => ({ ...keyDeps(), schedules: schedules() })),
  rotateApiKey: wire(rotateApiKey, keyDeps),
  revokeApiKey: wire(revokeApiKey, administratorDeps),
  assignRole: wire(assignRole, administratorDeps),
  removeRole: wire(removeRole, administratorDeps),
};
