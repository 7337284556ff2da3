/** Pages that configure the platform. They are opened far less often than the others, and need more code. */
export { apiKeysPage } from "./api-keys/page.tsx";
export { auditPage } from "./audit/page.tsx";
export { deadLettersPage } from "./dead-letters/page.tsx";
export { editPolicyPage } from "./edit-policy/page.tsx";
export { editSchedulePage } from "./edit-schedule/page.tsx";
export { integrationPage } from "./integration/page.tsx";
export { integrationsPage } from "./integrations/page.tsx";
export { newSchedulePage } from "./new-schedule/page.tsx";
export { servicePage } from "./service/page.tsx";
export { servicesPage } from "./services/page.tsx";
export { simulatePage } from "./simulate/page.tsx";
export { systemPage } from "./system/page.tsx";
export { teamChannelsPage } from "./team-channels/page.tsx";
export { userPage } from "./user/page.tsx";
export { usersPage } from "./users/page.tsx";
export { webhookPage } from "./webhook/page.tsx";
export { webhooksPage } from "./webhooks/page.tsx";
