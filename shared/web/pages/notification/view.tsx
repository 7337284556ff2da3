import { redactedAddress } from "../../../channels/address.ts";
import { channelLabel } from "../../../channels/registry.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { Attempt, Notification } from "../../../domain/notifications/notification.ts";
import type { Proof } from "../../../domain/notifications/proof.ts";
import { RawJson } from "../../components/copyable.tsx";
import { Ago } from "../../components/duration.tsx";
import { Fact } from "../../components/fact.tsx";
import { IncidentLink } from "../../components/incident-link.tsx";
import { SeverityMark } from "../../components/marks.tsx";
import { Second } from "../../components/moment.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { Delivery } from "../notifications/notification-lines.tsx";
import { attemptWords, kindNames, recipientWords } from "../notifications/notification-words.ts";

interface NotificationViewProps extends Viewing {
  readonly notification: Notification;
  /** Its incident, if any. */
  readonly incident: Incident | null;
  readonly proof: Proof;
  /** The API's representation of the proof. */
  readonly resource: unknown;
}

/** A notification with its delivery attempts and proof. */
export function NotificationView(props: NotificationViewProps) {
  const { notification, incident, now } = props;
  const { channel, message, severity, createdAt } = notification;
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("notifications")}>Notifications</a> <span aria-hidden="true">›</span>{" "}
        {notification.id}
      </p>
      <h1 class="incident-title">
        <bdi>{recipientWords(notification)}</bdi> by {channelLabel(channel)}
      </h1>
      <p class="standing">
        {severity && <SeverityMark severity={severity} />} <Delivery notification={notification} now={now} />
        <span class="quiet">
          {" "}
          · made <Ago at={createdAt} now={now} />
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
          <ProofOfDelivery {...props} />
        </div>
        <div>
          <Facts notification={notification} incident={incident} />
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
        <p class="quiet">Nothing has been tried yet.</p>
      ) : (
        <ol class="story">
          {attempts.map((attempt) => (
            <AttemptLine attempt={attempt} words={attemptWords(attempt, notification)} />
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

function ProofOfDelivery({ notification, proof, resource }: NotificationViewProps) {
  const { attempts } = notification;
  const { brokenAt, genesis } = proof;
  return (
    <section aria-labelledby="proof">
      <h2 id="proof">Proof</h2>
      <p class={brokenAt === null ? "notice" : "notice trouble"}>{verdict(attempts.length, brokenAt)}</p>
      <p class="quiet">
        Each attempt carries a SHA-256 of itself and of all before it, the first of what was to be sent to
        whom. The logs have each hash too: compare the last one to tell that nothing was made anew.
      </p>
      <table class="pairs proof">
        <thead class="hidden">
          <tr>
            <th scope="col">Of</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          <Hash name="What was to be sent" hash={genesis} />
          {attempts.map(({ hash }, index) => (
            <Hash name={`Attempt ${index + 1}`} hash={hash} broken={index === brokenAt} />
          ))}
        </tbody>
      </table>
      <RawJson value={resource} />
    </section>
  );
}

function verdict(attempts: number, brokenAt: number | null): string {
  if (brokenAt !== null) {
    return (
      `Broken: the hash of attempt ${brokenAt + 1} does not follow from what is before it. That attempt, or what ` +
      "was to be sent, is not what was recorded then."
    );
  }
  if (attempts === 0) return "Nothing was tried yet, so there is only what is to be sent.";
  return attempts === 1
    ? "Valid: the hash of the attempt follows from what was to be sent."
    : `Valid: the hash of each of the ${attempts} attempts follows from what is before it.`;
}

function Hash({ name, hash, broken }: { name: string; hash: string; broken?: boolean }) {
  return (
    <tr>
      <th scope="row">
        {name} {broken && <span class="alarm">does not follow</span>}
      </th>
      <td>{hash === "" ? <span class="quiet">none was kept</span> : <code>{hash}</code>}</td>
    </tr>
  );
}

function Facts({
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
    <dl class="facts">
      <Fact name="What">{kindNames[kind]}</Fact>
      {incident && (
        <Fact name="About">
          <IncidentLink incident={incident} />
        </Fact>
      )}
      <Fact name="For">
        {/* A recipient that is shortened must not stand in an address either. */}
        {whom === recipient ? (
          <a href={pageHref("notifications", { recipient })}>
            <bdi>{recipientWords(notification)}</bdi>
          </a>
        ) : (
          <bdi>{whom}</bdi>
        )}
      </Fact>
      {shown !== whom && (
        <Fact name="Address">
          <bdi>{shown}</bdi>
        </Fact>
      )}
      <Fact name="Made">
        <Second at={createdAt} />
      </Fact>
      {dueAt > createdAt && (
        <Fact name="Not before">
          <Second at={dueAt} />
        </Fact>
      )}
      {sentAt !== null && (
        <Fact name={simulated ? "Printed" : "Sent"}>
          <Second at={sentAt} />
        </Fact>
      )}
      {fallbacks.length > 0 && (
        <Fact name="If it fails">
          {fallbacks.map(({ method }, index) => (
            <>
              {index > 0 && ", then "}
              {channelLabel(method.channel)} to <bdi>{redactedAddress(method.channel, method.address)}</bdi>
            </>
          ))}
        </Fact>
      )}
      <Bundled notification={notification} />
      {Object.entries(metadata)
        .filter(([name]) => name !== "incident_number")
        .map(([name, value]) => (
          <Fact name={name}>
            <bdi>{String(value)}</bdi>
          </Fact>
        ))}
    </dl>
  );
}

/** Pages in a bundle. */
function Bundled({ notification: { bundled, bundledCount } }: { readonly notification: Notification }) {
  if (bundledCount === 0) return null;
  return (
    <Fact name="Stands for">
      {bundledCount} pages:{" "}
      {bundled.map(({ incidentNumber }) => (
        <>
          <a href={pageHref("incident", { id: incidentNumber })}>#{incidentNumber}</a>{" "}
        </>
      ))}
      {bundled.length < bundledCount && "and others"}
    </Fact>
  );
}
