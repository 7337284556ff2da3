import { actionSite } from "../../shared/runtime/site.ts";
import { addNoteAction } from "./actions/add-note.ts";
import { answerIncidentsAction } from "./actions/answer-incidents.ts";
import { assignIncidentAction } from "./actions/assign-incident.ts";
import { escalateIncidentAction } from "./actions/escalate-incident.ts";
import { rememberNameAction } from "./actions/remember-name.ts";
import { signInAction } from "./actions/sign-in.ts";
import { signOutAction } from "./actions/sign-out.ts";
import { pages } from "./pages/all.ts";

export const handler = actionSite(
  [
    answerIncidentsAction,
    escalateIncidentAction,
    assignIncidentAction,
    addNoteAction,
    rememberNameAction,
    signInAction,
    signOutAction,
  ],
  pages,
);
