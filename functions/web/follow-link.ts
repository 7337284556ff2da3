import { followLinkContract } from "../../shared/contracts/web/follow-link.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { linkEndpoint } from "../../shared/runtime/link-endpoint.ts";
import { openLink } from "../../shared/runtime/links.ts";
import { wire } from "../../shared/runtime/site/wire.ts";
import { respondToIncident } from "../../shared/use-cases/incidents/respond-to-incident.ts";
import { followLink } from "../../shared/web/pages/link/page.ts";

export const handler = linkEndpoint(followLinkContract, followLink, {
  openLink,
  respondToIncident: wire(respondToIncident, changeDeps),
});
