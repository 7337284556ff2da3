/** Actions of the pages that configure the platform. */
export { changeRolesAction } from "./access/actions.ts";
export { changeApiKeysAction } from "./api-keys/actions.ts";
export { redriveDeadLettersAction } from "./dead-letters/actions.ts";
export { editPolicyAction } from "./edit-policy/actions.ts";
export { deleteScheduleAction, editScheduleAction } from "./edit-schedule/actions.ts";
export { deleteServiceAction, editServiceAction } from "./edit-service/actions.tsx";
export { changeIntegrationAction } from "./integration/actions.ts";
export { createIntegrationAction } from "./integrations/actions.ts";
export { createScheduleAction } from "./new-schedule/actions.ts";
export { saveServiceAction } from "./services/actions.ts";
export { changeTeamChannelsAction, sendTestNotificationAction } from "./team-channels/actions.ts";
export { changeUserAction } from "./user/actions.ts";
export { forgetUserAction } from "./user/forget-action.ts";
export { saveUserAction } from "./users/actions.ts";
export { changeWebhookAction } from "./webhook/actions.ts";
export { createWebhookAction } from "./webhooks/actions.ts";
