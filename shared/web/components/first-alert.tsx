import type { Viewing } from "../site/viewer.ts";
import { Copyable } from "./copyable.tsx";
import { ActionForm } from "./forms/action-form.tsx";

interface FirstAlertProps {
  readonly host: string;
  readonly viewing: Pick<Viewing, "viewer" | "here">;
}

const service = "checkout";

/** Empty state of a new platform: a button and a command that send a first alert. */
export function FirstAlert({ host, viewing }: FirstAlertProps) {
  const key = viewing.viewer.identity !== "self_declared" ? ' \\\n  -H "Authorization: Bearer $API_KEY"' : "";
  const alert = `{"service": "${service}", "severity": "critical", "message": "error rate over 5%"}`;
  const command = `curl ${host}/api/v1/alerts${key} \\\n  --json '${alert}'`;
  return (
    <div class="empty">
      <p>No alerts yet. Send one to open an incident:</p>
      <Copyable id="first-alert" text={command} />
      {viewing.viewer.may("respond", { team: service }) && (
        <ActionForm action="send-test-alert" viewing={viewing} class="button-row">
          <input type="hidden" name="service" value={service} />
          <button type="submit">Send test alert</button>
        </ActionForm>
      )}
    </div>
  );
}
