import { Copyable } from "./copyable.tsx";

/** Instructions for the first alert, shown while there is no data. */
export function FirstAlert({ host, needsKey }: { readonly host: string; readonly needsKey: boolean }) {
  const key = needsKey ? ' \\\n  -H "Authorization: Bearer $API_KEY"' : "";
  const alert = `{"service": "checkout", "severity": "critical", "message": "error rate over 5 %"}`;
  const command = `curl ${host}/api/v1/alerts${key} \\\n  --json '${alert}'`;
  return (
    <div class="empty">
      <p>Nothing has happened yet. Send the first alert and watch it become an incident:</p>
      <Copyable id="first-alert" text={command} />
    </div>
  );
}
