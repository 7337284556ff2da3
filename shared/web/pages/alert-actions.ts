/** Actions of the pages of alerts and silences. */
export { sendTestAlertAction } from "./alerts/actions.ts";
export { createSilenceAction } from "./new-silence/actions.tsx";
export { changeSilenceAction } from "./silences/actions.ts";
