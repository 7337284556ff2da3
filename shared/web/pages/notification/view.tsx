import { redactedAddress } from "../../../channels/address.ts";
import { channelInSentence, channelLabel } from "../../../channels/registry.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { Attempt, Notification } from "../../../domain/notifications/notification.ts";
import { chainOf, type Proof } from "../../../domain/notifications/proof.ts";
import { count } from "../../../domain/text/count.ts";
import { RawJson } from "../../components/copyable.tsx";
import { Detail } from "../../components/detail.tsx";
import { IncidentLink } from "../../components/incident/incident-link.tsx";
import { SeverityMark } from "../../components/marks.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { Ago, Second } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { attemptText, kindNames, receiptNames, recipientText } from "../notifications/notification-labels.ts";
import { Delivery } from "../notifications/notification-lines.tsx";

interface NotificationViewProps extends Viewing {
  readonly notification: Notification;
  /** The incident that it is about, if there is one. */
  readonly incident: Incident | null;
  readonly proof: Proof;
  /** The API's representation of the proof. */
  readonly resource: unknown;
}

/** One notification: its message, delivery attempts and proof of delivery. */
export function NotificationView(props: NotificationViewProps) {
  const { notification, incident, now, viewer } = props;
  const { channel, message, severity, createdAt } = notification;
  return (
    <>
      <SettingsTabs page="notification" viewer={viewer} />
      <p class="crumbs">
        <a href={pageHref("notifications")}>Notifications</a> <span aria-hidden="true">›</span>{" "}
        {notification.id}
      </p>
      <h1 class="incident-title">
        <bdi>{recipientText(notification)}</bdi> via {channelInSentence(channel)}
      </h1>
      <p class="current-status">
        {severity && <SeverityMark severity={severity} />} <Delivery notification={notification} now={now} />
        <span class="quiet">
          {" "}
          · created <Ago at={createdAt} now={now} />
        </span>
      </p>
      <div class="columns">
        <div>
          <section aria-labelledby="message">
            <h2 id="message">Message</h2>
            <p class="quote">
              <bdi class="text">{message}</bdi>
            </p>
          </section>
          <Attempts notification={notification} />
          <Receipts notification={notification} />
          <ProofOfDelivery {...props} />
        </div>
        <div>
          <Details notification={notification} incident={incident} />
        </div>
      </div>
    </>
  );
}

function Attempts({ notification }: { readonly notification: Notification }) {
  const { attempts } = notification;
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts">
        Attempts <span class="count">{attempts.length}</span>
      </h2>
      {attempts.length === 0 ? (
        <p class="quiet">No attempts yet.</p>
      ) : (
        <ol class="event-list">
          {attempts.map((attempt) => (
            <AttemptLine attempt={attempt} words={attemptText(attempt, notification)} />
          ))}
        </ol>
      )}
    </section>
  );
}

function AttemptLine({
  attempt: { at, ok, detail },
  words,
}: {
  readonly attempt: Attempt;
  readonly words: string;
}) {
  return (
    <li class={ok ? "resolved" : "failed"}>
      <p class="when">
        <Second at={at} />
      </p>
      <p>
        <b>{words}</b>
      </p>
      <p class="quiet">
        <bdi class="text">{detail}</bdi>
      </p>
    </li>
  );
}

/** Reports after the attempts. Most channels report none. */
function Receipts({ notification: { receipts } }: { readonly notification: Notification }) {
  if (receipts.length === 0) return null;
  return (
    <section aria-labelledby="receipts">
      <h2 id="receipts">
        Receipts <span class="count">{receipts.length}</span>
      </h2>
      <ol class="event-list">
        {receipts.map(({ at, kind, detail }) => (
          <li class={kind === "undelivered" ? "failed" : "resolved"}>
            <p class="when">
              <Second at={at} />
            </p>
            <p>
              <b>{receiptNames[kind]}</b>
            </p>
            <p class="quiet">
              <bdi class="text">{detail}</bdi>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function ProofOfDelivery({ notification, proof, resource }: NotificationViewProps) {
  const { brokenAt, brokenReceiptAt, genesis } = proof;
  const isValid = brokenAt === null && brokenReceiptAt === null;
  return (
    <section aria-labelledby="proof">
      <h2 id="proof">Proof of delivery</h2>
      <p class={isValid ? "notice" : "notice trouble"}>{verdict(notification, proof)}</p>
      {notification.simulated && <p>The message was only printed to the console. It reached no one.</p>}
      <p class="quiet">
        Each attempt and receipt has a SHA-256 hash of itself and everything before it. The first hash covers
        the message and its recipient. The logs contain each hash too: compare the last one to rule out that
        the chain was rewritten.
      </p>
      <table class="pairs proof">
        <thead class="hidden">
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          <Hash name="Message" hash={genesis} />
          {chainOf(notification).map(({ kind, index, of: { hash } }) =>
            kind === "attempt" ? (
              <Hash name={`Attempt ${index + 1}`} hash={hash} broken={index === brokenAt} />
            ) : (
              <Hash name={`Receipt ${index + 1}`} hash={hash} broken={index === brokenReceiptAt} />
            ),
          )}
        </tbody>
      </table>
      <RawJson value={resource} />
    </section>
  );
}

function verdict({ attempts, receipts }: Notification, { brokenAt, brokenReceiptAt }: Proof): string {
  if (brokenAt !== null) {
    return (
      `Broken: the hash of attempt ${brokenAt + 1} does not match. The attempt or the message was changed after it ` +
      "was recorded."
    );
  }
  if (brokenReceiptAt !== null) {
    return (
      `Broken: the hash of receipt ${brokenReceiptAt + 1} does not match. The receipt or what is before it was changed ` +
      "after it was recorded."
    );
  }
  if (attempts.length === 0 && receipts.length === 0) return "No attempts yet. Only the message has a hash.";
  if (receipts.length > 0)
    return `Valid: the hashes of all attempts (${attempts.length}) and receipts (${receipts.length}) match.`;
  return attempts.length === 1
    ? "Valid: the hash of the attempt matches."
    : `Valid: the hashes of all ${attempts.length} attempts match.`;
}

function Hash({ name, hash, broken }: { name: string; hash: string; broken?: boolean }) {
  return (
    <tr>
      <th scope="row">
        {name} {broken && <span class="alarm">does not match</span>}
      </th>
      <td>{hash === "" ? <span class="quiet">Not recorded</span> : <code>{hash}</code>}</td>
    </tr>
  );
}

function Details({
  notification,
  incident,
}: {
  readonly notification: Notification;
  readonly incident: Incident | null;
}) {
  const { kind, channel, recipient, address, createdAt, dueAt, sentAt, simulated, fallbacks, metadata } =
    notification;
  const whom = redactedAddress(channel, recipient);
  const shown = redactedAddress(channel, address);
  return (
    <dl class="details">
      <Detail name="Type">{kindNames[kind]}</Detail>
      {incident && (
        <Detail name="Incident">
          <IncidentLink incident={incident} />
        </Detail>
      )}
      <Detail name="Recipient">
        {/* A redacted recipient must not appear in a URL either. */}
        {whom === recipient ? (
          <a href={pageHref("notifications", { recipient })}>
            <bdi>{recipientText(notification)}</bdi>
          </a>
        ) : (
          <bdi>{whom}</bdi>
        )}
      </Detail>
      {shown !== whom && (
        <Detail name="Address">
          <bdi>{shown}</bdi>
        </Detail>
      )}
      <Detail name="Created">
        <Second at={createdAt} />
      </Detail>
      {dueAt > createdAt && (
        <Detail name="Scheduled for">
          <Second at={dueAt} />
        </Detail>
      )}
      {sentAt !== null && (
        <Detail name={simulated ? "Printed" : "Sent"}>
          <Second at={sentAt} />
        </Detail>
      )}
      {fallbacks.length > 0 && (
        <Detail name="Fallback">
          {fallbacks.map(({ method }, index) => (
            <>
              {index === 0 ? channelLabel(method.channel) : `, then ${channelInSentence(method.channel)}`} to{" "}
              <bdi>{redactedAddress(method.channel, method.address)}</bdi>
            </>
          ))}
        </Detail>
      )}
      <BundledInto notification={notification} />
      <Bundled notification={notification} />
      {Object.entries(metadata)
        .filter(([name]) => name !== "incident_number")
        .map(([name, value]) => (
          <Detail name={name}>
            <bdi>{String(value)}</bdi>
          </Detail>
        ))}
    </dl>
  );
}

/** The message that names the incident of a page. */
function BundledInto({ notification: { bundledInto, status } }: { readonly notification: Notification }) {
  if (bundledInto === null) return null;
  return (
    <Detail name={status === "queued" ? "Waits for" : "Sent with"}>
      <a href={pageHref("notification", { id: bundledInto })}>one message for several pages</a>
    </Detail>
  );
}

/** The pages in a bundle. */
function Bundled({ notification: { bundled, bundledCount } }: { readonly notification: Notification }) {
  if (bundledCount === 0) return null;
  return (
    <Detail name="Contains">
      {count(bundledCount, "page")}:{" "}
      {bundled.map(({ incidentNumber }) => (
        <>
          <a href={pageHref("incident", { id: incidentNumber })}>#{incidentNumber}</a>{" "}
        </>
      ))}
      {bundled.length < bundledCount && "and more"}
    </Detail>
  );
}
