import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { AlertTabs } from "../../components/alerts/alert-tabs.tsx";
import { capitalize } from "../../components/capitalize.ts";
import { Copyable } from "../../components/copyable.tsx";
import { Detail } from "../../components/detail.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import type { OwnerOfService } from "../../components/owner-of-service.ts";
import { Moment } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { CurrentHeartbeat } from "../heartbeats/current-heartbeat.ts";
import { HeartbeatMark, intervalText, PingTimes } from "../heartbeats/heartbeat-status.tsx";
import { PauseForm, subjectOf } from "../heartbeats/view.tsx";
import { HeartbeatFields } from "../new-heartbeat/heartbeat-fields.tsx";
import { cronLine } from "./cron-line.ts";

interface HeartbeatViewProps extends Viewing {
  readonly counts: AlertingCounts;
  readonly current: CurrentHeartbeat;
  readonly ownerOf: OwnerOfService;
  readonly baseUrl: string;
  /** Key of a monitor that was just created or rotated. It is shown once. */
  readonly newKey: string | null;
}

/** One heartbeat monitor: its state, its URL, and the form that changes it. */
export function HeartbeatView({ counts, current, ownerOf, baseUrl, newKey, ...viewing }: HeartbeatViewProps) {
  const { heartbeat } = current;
  const { id, name, service, keyPrefix, createdAt, rotatedAt, intervalSeconds } = heartbeat;
  const mayManage = viewing.viewer.may("manage", subjectOf(heartbeat, ownerOf));
  const url = newKey === null ? null : `${baseUrl}/heartbeats/${newKey}`;
  return (
    <>
      <AlertTabs page="heartbeat" counts={counts} />
      <h1 class="incident-title">
        <bdi>{name}</bdi>
      </h1>
      <p class="lead about">
        <HeartbeatMark state={current.state} />
        <PingTimes current={current} now={viewing.now} />
      </p>
      {url !== null && (
        <section class="notice done" id="show-once" aria-labelledby="ping-url">
          <h2 id="ping-url">Send pings to this URL</h2>
          <p>
            <strong>Copy it now.</strong> Its key is not stored and will not be shown again.
          </p>
          <Copyable id="url" text={url} />
          <p>Run by cron:</p>
          <Copyable id="cron" text={cronLine(intervalSeconds, url)} />
          <p class="quiet">Or append it to the job, so that only successful runs ping:</p>
          <Copyable id="after-job" text={`backup.sh && curl -fsS -m 10 --retry 3 -o /dev/null ${url}`} />
        </section>
      )}
      <div class="columns">
        <div>
          <dl class="details">
            <Detail name="Service">
              <a href={pageHref("alerts", { service })}>
                <bdi>{service}</bdi>
              </a>
            </Detail>
            <Detail name="Expected">{capitalize(intervalText(heartbeat))}</Detail>
            {url === null && (
              <Detail name="Ping URL">
                <code>
                  {baseUrl}/heartbeats/{keyPrefix}…
                </code>{" "}
                <span class="quiet">The whole URL is shown only once. Rotate the key to get a new one.</span>
              </Detail>
            )}
            <Detail name="Created">
              <Moment at={createdAt} />
            </Detail>
            {rotatedAt !== null && (
              <Detail name="Key rotated">
                <Moment at={rotatedAt} />
              </Detail>
            )}
            <Detail name="Incidents">
              <a href={pageHref("alerts", { service, text: name.slice(0, 100) })}>Alerts of this heartbeat</a>
            </Detail>
          </dl>
          {mayManage && (
            <div class="button-row lifecycle">
              <PauseForm current={current} viewing={viewing} />
              <details id="rotate">
                <summary>Rotate key</summary>
                <ActionForm action="change-heartbeat" params={{ id }} viewing={viewing} class="stack">
                  <p>
                    Shows a new URL once. The current URL stops working at once, so update the job that pings.
                  </p>
                  <button type="submit" name="change" value="rotate">
                    Rotate heartbeat key
                  </button>
                </ActionForm>
              </details>
              <details id="delete">
                <summary>Delete heartbeat</summary>
                <ActionForm action="change-heartbeat" params={{ id }} viewing={viewing} class="stack">
                  <p>Its URL stops working, and its open incident resolves.</p>
                  <button type="submit" name="change" value="delete" class="danger">
                    Delete heartbeat
                  </button>
                </ActionForm>
              </details>
            </div>
          )}
        </div>
        {mayManage && (
          <ActionForm action="change-heartbeat" params={{ id }} viewing={viewing} class="panel stack">
            <HeartbeatFields field={fieldsOf("change-heartbeat", viewing.formErrors)} heartbeat={heartbeat} />
            <div class="button-row">
              <button type="submit" name="change" value="save" class="primary">
                Save heartbeat
              </button>
            </div>
          </ActionForm>
        )}
      </div>
    </>
  );
}
