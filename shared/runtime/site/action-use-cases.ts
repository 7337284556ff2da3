/** Use cases of forms that act on incidents, sign in or sign out. */

import { sha256 } from "../../crypto/sha256.ts";
import { endPersonSession } from "../../use-cases/access/sign-in/end-sessions.ts";
import { addNote } from "../../use-cases/incidents/add-note.ts";
import { changeIncident } from "../../use-cases/incidents/change-incident.ts";
import { createIncident } from "../../use-cases/incidents/create-incident.ts";
import { findIncident } from "../../use-cases/incidents/find-incident.ts";
import { mergeIncident } from "../../use-cases/incidents/lifecycle/merge-incident.ts";
import {
  reopenIncident,
  unacknowledgeIncident,
} from "../../use-cases/incidents/lifecycle/reopen-incident.ts";
import { requestResponders } from "../../use-cases/incidents/lifecycle/request-responders.ts";
import { snoozeIncident } from "../../use-cases/incidents/lifecycle/snooze-incident.ts";
import { updateIncident } from "../../use-cases/incidents/lifecycle/update-incident.ts";
import { respondToIncidents } from "../../use-cases/incidents/respond-to-incidents.ts";
import { escalateManually } from "../../use-cases/oncall/escalate.ts";
import { isOwned } from "../../use-cases/oncall/services/resolve-ownership.ts";
import type { actions } from "../../web/pages/all-actions.ts";
import { closeSession, openSession } from "../../web/site/open-session.ts";
import type { UseCasesOf } from "../../web/site/use-case.ts";
import { linkConfig } from "../config.ts";
import { changeDeps, createIncidentDeps, escalateDeps, updateIncidentDeps } from "../deps.ts";
import { keyedEdge } from "../endpoint.ts";
import { accessEvents, endedSessions, incidents, sessionAccounts } from "../stores.ts";
import { makeSecret, ulid } from "../system.ts";
import { wire } from "./wire.ts";

const sessionDeps = () => ({
  access: keyedEdge().access,
  secrets: linkConfig().SIGNING_SECRET,
  makeSecret,
  endSession: (session: string, now: number) => endedSessions().end(sha256(session), now),
  recordAccess: accessEvents(),
  endPersonSession: wire(endPersonSession, () => ({ accounts: sessionAccounts() })),
});

export const actionUseCases = {
  respondToIncidents: wire(respondToIncidents, changeDeps),
  createIncident: wire(createIncident, () => ({ ...createIncidentDeps(), ulid })),
  escalateManually: wire(escalateManually, escalateDeps),
  findIncident: wire(findIncident, () => ({ incidents: incidents() })),
  changeIncident: wire(changeIncident, changeDeps),
  updateIncident: wire(updateIncident, updateIncidentDeps),
  isOwned: wire(isOwned, updateIncidentDeps),
  mergeIncident: wire(mergeIncident, changeDeps),
  requestResponders: wire(requestResponders, changeDeps),
  snoozeIncident: wire(snoozeIncident, changeDeps),
  unacknowledgeIncident: wire(unacknowledgeIncident, escalateDeps),
  reopenIncident: wire(reopenIncident, escalateDeps),
  addNote: wire(addNote, changeDeps),
  openSession: wire(openSession, sessionDeps),
  closeSession: wire(closeSession, sessionDeps),
} satisfies Partial<UseCasesOf<typeof actions>>;
