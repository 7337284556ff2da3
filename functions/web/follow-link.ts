import { followLinkContract } from "../../shared/contracts/web/follow-link.ts";
import { changeDeps, escalateDeps, readIncidentDeps } from "../../shared/runtime/deps.ts";
import { replyDeps } from "../../shared/runtime/later/deps.ts";
import { linkEndpoint } from "../../shared/runtime/link-endpoint.ts";
import { openLink } from "../../shared/runtime/links.ts";
import { wire } from "../../shared/runtime/site/wire.ts";
import { addNote } from "../../shared/use-cases/incidents/add-note.ts";
import { findIncident } from "../../shared/use-cases/incidents/find-incident.ts";
import { readIncident } from "../../shared/use-cases/incidents/read-incident.ts";
import { respondToIncident } from "../../shared/use-cases/incidents/respond-to-incident.ts";
import {
  confirmNotification,
  findConfirmable,
} from "../../shared/use-cases/notifications/confirm-notification.ts";
import { escalateManually } from "../../shared/use-cases/oncall/escalate.ts";
import { readPaging } from "../../shared/use-cases/oncall/read-paging.ts";
import { followLink } from "../../shared/web/pages/link/page.tsx";

export const handler = linkEndpoint(followLinkContract, followLink, {
  openLink,
  readIncident: wire(readIncident, readIncidentDeps),
  findNotification: wire(findConfirmable, readIncidentDeps),
  confirmNotification: wire(confirmNotification, replyDeps),
  readPaging: wire(readPaging, changeDeps),
  findIncident: wire(findIncident, changeDeps),
  respondToIncident: wire(respondToIncident, changeDeps),
  escalateManually: wire(escalateManually, escalateDeps),
  addNote: wire(addNote, changeDeps),
});
