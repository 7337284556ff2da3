/** Opsgenie's Alert API and heartbeats, and the URLs of tools that post to Opsgenie directly. */
import { NotFound } from "../domain/errors.ts";
import { keyInHeader } from "./common/keys.ts";
import type { IntegrationType, Route } from "./integration-type.ts";
import * as actions from "./opsgenie/actions.ts";
import { create } from "./opsgenie/create.ts";
import { getHeartbeat, listHeartbeats, ping } from "./opsgenie/heartbeats.ts";
import * as reads from "./opsgenie/reads.ts";
import { refuse } from "./opsgenie/replies.ts";
import { apiKey, receiveWebhook } from "./opsgenie/webhooks.ts";

const key = keyInHeader("GenieKey");

function route(method: Route["method"], path: string, handle: Route["handle"]): Route {
  return { method, path: `/v2/${path}`, key, handle };
}

/** Clients treat 405 as a missing permission, so unsupported operations return 404 with an explanation. */
const notOffered: Route["handle"] = async ({ params: { what = "" } }) => {
  throw new NotFound("path of the Alert API", what);
};

export const opsgenie = {
  title: "Opsgenie",
  requestsPerMinute: 1_200,
  url: "/v2/alerts",
  root: "/v2/",
  setUp: `curl '{url}' -H 'authorization: GenieKey {key}' \\
  -d '{"message": "The checkout is slow", "alias": "checkout", "priority": "P2"}'`,
  routes: [
    route("POST", "alerts", create),
    route("GET", "alerts", reads.listAlerts),
    route("GET", "alerts/count", reads.countAlerts),
    route("GET", "alerts/requests/{id}", reads.requestStatus),
    route("GET", "alerts/{id}/attachments", reads.listAttachments),
    ...(["GET", "POST", "PATCH", "DELETE"] as const).flatMap((method) => [
      route(method, "alerts/{what}/attachments", notOffered),
      route(method, "alerts/saved-searches/{what}", notOffered),
    ]),
    route("GET", "alerts/{what}/recipients", notOffered),
    route("GET", "alerts/{id}/notes", reads.listNotes),
    route("GET", "alerts/{id}/logs", reads.listLogs),
    route("POST", "alerts/{id}/close", actions.close),
    route("POST", "alerts/{id}/acknowledge", actions.acknowledge),
    route("POST", "alerts/{id}/unacknowledge", actions.unacknowledge),
    route("POST", "alerts/{id}/notes", actions.addNote),
    route("POST", "alerts/{id}/snooze", actions.snooze),
    route("POST", "alerts/{id}/tags", actions.addTags),
    route("DELETE", "alerts/{id}/tags", actions.removeTags),
    route("POST", "alerts/{id}/details", actions.addDetails),
    route("DELETE", "alerts/{id}/details", actions.removeDetails),
    route("POST", "alerts/{id}/assign", actions.assign),
    route("POST", "alerts/{id}/escalate", actions.escalate),
    route("POST", "alerts/{id}/responders", actions.addResponder),
    route("POST", "alerts/{id}/teams", actions.addTeam),
    route("POST", "alerts/{id}/actions/{name}", actions.customAction),
    route("PUT", "alerts/{id}/priority", actions.changePriority),
    route("PUT", "alerts/{id}/message", actions.changeMessage),
    route("PUT", "alerts/{id}/description", actions.changeDescription),
    route("GET", "alerts/{id}", reads.getAlert),
    route("DELETE", "alerts/{id}", actions.remove),
    route("GET", "heartbeats", listHeartbeats),
    ...(["GET", "POST", "PUT", "PATCH"] as const).map((method) =>
      route(method, "heartbeats/{name}/ping", ping),
    ),
    route("GET", "heartbeats/{name}", getHeartbeat),
    { method: "POST", path: "/v1/json/{tool}", key: apiKey, handle: receiveWebhook },
  ],
  refuse,
} satisfies IntegrationType;
