import { showLinkContract } from "../../shared/contracts/web/show-link.ts";
import { linkEndpoint } from "../../shared/runtime/link-endpoint.ts";
import { openLink } from "../../shared/runtime/links.ts";
import { wire } from "../../shared/runtime/site/wire.ts";
import { incidentEvents, incidents, notifications } from "../../shared/runtime/stores.ts";
import { findIncident } from "../../shared/use-cases/incidents/find-incident.ts";
import { readHistory } from "../../shared/use-cases/incidents/read-incident.ts";
import { showLink } from "../../shared/web/pages/link/page.ts";

const deps = () => ({
  incidents: incidents(),
  incidentEvents: incidentEvents(),
  notifications: notifications(),
});

export const handler = linkEndpoint(showLinkContract, showLink, {
  openLink,
  findIncident: wire(findIncident, deps),
  readHistory: wire(readHistory, deps),
});
