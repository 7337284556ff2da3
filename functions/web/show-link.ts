import { showLinkContract } from "../../shared/contracts/web/show-link.ts";
import { readIncidentDeps } from "../../shared/runtime/deps.ts";
import { linkEndpoint } from "../../shared/runtime/link-endpoint.ts";
import { openLink } from "../../shared/runtime/links.ts";
import { wire } from "../../shared/runtime/site/wire.ts";
import { incidents, schedules } from "../../shared/runtime/stores.ts";
import { readIncident } from "../../shared/use-cases/incidents/read-incident.ts";
import { findConfirmable } from "../../shared/use-cases/notifications/confirm-notification.ts";
import { readPaging } from "../../shared/use-cases/oncall/read-paging.ts";
import { showLink } from "../../shared/web/pages/link/page.tsx";

export const handler = linkEndpoint(showLinkContract, showLink, {
  openLink,
  readIncident: wire(readIncident, readIncidentDeps),
  findNotification: wire(findConfirmable, readIncidentDeps),
  readPaging: wire(readPaging, () => ({ incidents: incidents(), schedules: schedules() })),
});
