import { channelInSentence, channelLabel, channelNames } from "../../../channels/registry.ts";
import type { Notification, NotificationStatus } from "../../../domain/notifications/notification.ts";
import { capitalize } from "../../components/capitalize.ts";
import { plainField } from "../../components/forms/field-state.ts";
import { anyOption, optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { isFiltered } from "../../components/is-filtered.ts";
import { PagesNav } from "../../components/navigation/pages-nav.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { Tabs } from "../../components/navigation/tabs.tsx";
import { Age } from "../../components/time.tsx";
import { listHref, pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { recipientText, statusNames } from "./notification-labels.ts";
import { Delivery } from "./notification-lines.tsx";

interface Filter {
  readonly status?: NotificationStatus | undefined;
  readonly channel?: string | undefined;
  readonly recipient?: string | undefined;
  /** Its number or ID. */
  readonly incident?: string | undefined;
}

interface NotificationsViewProps extends Viewing {
  readonly filter: Filter;
  readonly notifications: readonly Notification[];
  /** True on the page with the newest. */
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
  /** True if the search ended before the page was full. */
  readonly partial: boolean;
}

/** Notifications with their delivery status, newest first. */
export function NotificationsView(props: NotificationsViewProps) {
  const { notifications, filter, first, next, partial, now, viewer } = props;
  const filtered = isFiltered(filter);
  const none = filtered
    ? `No ${first ? "" : "older "}notifications match these filters.`
    : "No notifications yet. The person on call is paged when an alert opens an incident.";
  return (
    <>
      <SettingsTabs page="notifications" viewer={viewer} />
      <h1>Notifications</h1>
      <Filters filter={filter} />
      {notifications.length > 0 && (
        <ol class="incidents">
          {notifications.map((notification) => (
            <NotificationRow notification={notification} now={now} />
          ))}
        </ol>
      )}
      {notifications.length === 0 && !partial && <p class="empty">{none}</p>}
      {partial && (
        <p class={notifications.length === 0 ? "empty" : "searched quiet"}>
          {notifications.length === 0 ? "No matches in" : "Searched"} the last 1,000 notifications or so.
          Choose “Older” to search older ones.
        </p>
      )}
      <PagesNav newest={first ? null : hrefOf(filter)} older={next && hrefOf(filter, next)} />
    </>
  );
}

function NotificationRow({
  notification,
  now,
}: {
  readonly notification: Notification;
  readonly now: number;
}) {
  const { id, channel, message, status, incidentId, createdAt, metadata } = notification;
  const number = metadata.incident_number;
  return (
    <li id={id} class={`row calm ${status}`} data-row>
      <a class="title" href={pageHref("notification", { id })}>
        <bdi>{recipientText(notification)}</bdi> <span class="number">via {channelInSentence(channel)}</span>
      </a>
      <p class="about">
        <Delivery notification={notification} now={now} />
        {incidentId !== null && (
          <a href={pageHref("incident", { id: incidentId })}>
            {typeof number === "number" ? `incident #${number}` : "incident"}
          </a>
        )}
        <bdi class="subject quiet">{message}</bdi>
      </p>
      <p class="age">
        <Age at={createdAt} now={now} />
      </p>
    </li>
  );
}

const statuses = ["failed", "queued", "sent", "suppressed"] as const satisfies readonly NotificationStatus[];

function Filters({ filter }: { readonly filter: Filter }) {
  const { status, channel, recipient, incident } = filter;
  return (
    <>
      <Tabs
        label="Status"
        tabs={[
          { name: "All", value: undefined },
          ...statuses.map((value) => ({ name: capitalize(statusNames[value]), value })),
        ]}
        chosen={status}
        href={(status) => hrefOf({ ...filter, status })}
      />
      <form method="get" action={pageHref("notifications")} class="filters narrowing">
        {status !== undefined && <input type="hidden" name="status" value={status} />}
        <TextField
          field={plainField("recipient")}
          label="Recipient"
          type="search"
          value={recipient}
          placeholder="ada@example.com"
          aria-keyshortcuts="/"
        />
        <TextField field={plainField("incident")} label="Incident" value={incident} placeholder="Number" />
        <SelectField
          field={plainField("channel")}
          label="Channel"
          value={channel}
          options={[anyOption, ...optionsOf(channelNames, channelLabel)]}
        />
        <button type="submit">Apply filters</button>
      </form>
    </>
  );
}

function hrefOf(filter: Filter, cursor?: string): string {
  return listHref("notifications", { ...filter, cursor });
}
