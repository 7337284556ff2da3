import { actionSite } from "../../shared/runtime/site.ts";
import { addNoteAction } from "./actions/add-note.ts";
import { answerIncidentsAction } from "./actions/answer-incidents.ts";
import { assignIncidentAction } from "./actions/assign-incident.ts";
import { changeApiKeysAction } from "./actions/change-api-keys.ts";
import { changeIntegrationsAction } from "./actions/change-integrations.ts";
import { changeTeamChannelsAction } from "./actions/change-team-channels.ts";
import { changeUserAction } from "./actions/change-user.ts";
import { createScheduleAction } from "./actions/create-schedule.ts";
import { deleteScheduleAction } from "./actions/delete-schedule.ts";
import { editPolicyAction } from "./actions/edit-policy.ts";
import { editScheduleAction } from "./actions/edit-schedule.ts";
import { endOverrideAction } from "./actions/end-override.ts";
import { escalateIncidentAction } from "./actions/escalate-incident.ts";
import { overrideOnCallAction } from "./actions/override-on-call.ts";
import { rememberNameAction } from "./actions/remember-name.ts";
import { rotateCalendarAction } from "./actions/rotate-calendar.ts";
import { saveServiceAction } from "./actions/save-service.ts";
import { saveUserAction } from "./actions/save-user.ts";
import { signInAction } from "./actions/sign-in.ts";
import { signOutAction } from "./actions/sign-out.ts";
import { takeOverAction } from "./actions/take-over.ts";
import { pages } from "./pages/all.ts";

export const handler = actionSite(
  [
    answerIncidentsAction,
    escalateIncidentAction,
    assignIncidentAction,
    addNoteAction,
    takeOverAction,
    overrideOnCallAction,
    endOverrideAction,
    rotateCalendarAction,
    saveServiceAction,
    saveUserAction,
    changeUserAction,
    changeTeamChannelsAction,
    changeIntegrationsAction,
    changeApiKeysAction,
    createScheduleAction,
    editScheduleAction,
    deleteScheduleAction,
    editPolicyAction,
    rememberNameAction,
    signInAction,
    signOutAction,
  ],
  pages,
);
