import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { AlertTabs } from "../../components/alerts/alert-tabs.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { HeartbeatFields } from "./heartbeat-fields.tsx";

/** The form that creates a heartbeat monitor. */
export function NewHeartbeatView({ counts, ...viewing }: Viewing & { readonly counts: AlertingCounts }) {
  return (
    <>
      <AlertTabs page="new-heartbeat" counts={counts} />
      <h1>New heartbeat</h1>
      <ActionForm action="create-heartbeat" viewing={viewing} class="panel stack narrow">
        <HeartbeatFields field={fieldsOf("create-heartbeat", viewing.formErrors)} withService />
        <div class="button-row">
          <button type="submit" class="primary">
            Create heartbeat
          </button>
          <a href={pageHref("heartbeats")}>Cancel</a>
        </div>
      </ActionForm>
    </>
  );
}
