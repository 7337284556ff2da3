import { Copyable } from "./copyable.tsx";

/** Empty state of a new platform: the command that sends a first alert. */
export function FirstAlert({ host, needsKey }: { readonly host: string; readonly needsKey: boolean }) {
  const key = needsKey ? ' \\\n  -H "Authorization: Bearer $API_KEY"' : "";
  const alert = `{"service": "checkout", "severity": "critical", "message": "error rate over 5%"}`;
  const command = `curl ${host}/api/v1/alerts${key} \\\n  --json '${alert}'`;
  return (
    <div class="empty">
      <p>No alerts yet. Send one to open an incident:</p>
      <Copyable id="first-alert" text={command} />
    </div>
  );
}
