/** Actions of the pages of alerts, routing rules, silences and heartbeats. */
export { sendTestAlertAction } from "./alerts/actions.ts";
export { changeHeartbeatAction } from "./heartbeat/actions.ts";
export { createHeartbeatAction } from "./new-heartbeat/actions.ts";
export { createSilenceAction } from "./new-silence/actions.tsx";
export { editRoutingAction } from "./routing/actions.tsx";
export { changeSilenceAction } from "./silences/actions.ts";
