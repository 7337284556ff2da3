import { type PropsWithChildren, useContext } from "hono/jsx";
import {
  type ActorKind,
  type AuditEntry,
  type AuditEvent,
  type AuditedResource,
  auditEvents,
  auditedResources,
} from "../../../domain/access/audit.ts";
import { idOfRolesInAllTeams } from "../../../domain/access/roles.ts";
import { limits } from "../../../domain/limits.ts";
import { capitalize } from "../../components/capitalize.ts";
import { plainField } from "../../components/forms/field-state.ts";
import { anyOption, optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { isFiltered } from "../../components/is-filtered.ts";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { Ago, Moment, TimeZone } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { type Difference, differencesOf } from "./differences.ts";

interface Filter {
  readonly event?: AuditEvent | undefined;
  readonly kind?: AuditedResource | undefined;
  readonly id?: string | undefined;
  readonly actor?: string | undefined;
  readonly ip?: string | undefined;
}

interface AuditViewProps extends Viewing {
  readonly filter: Filter;
  readonly entries: readonly AuditEntry[];
  readonly first: boolean;
  readonly next: string | null;
}

/** Log of configuration changes, sign-ins and denied requests. */
export function AuditView({ filter, entries, first, next, now, viewer }: AuditViewProps) {
  const filtered = isFiltered(filter);
  return (
    <>
      <SettingsTabs page="audit" viewer={viewer} />
      <h1>Audit log</h1>
      <Filters filter={filter} />
      {entries.length === 0 ? (
        <p class="empty">
          {next !== null
            ? "No match in the entries searched so far. Choose “Older” to search older ones."
            : filtered
              ? "No entries match these filters."
              : "No entries yet. Every configuration change and every sign-in is listed here."}
        </p>
      ) : (
        <ul class="items">
          {entries.map((entry) => (
            <Entry entry={entry} now={now} />
          ))}
        </ul>
      )}
      <ListPages page="audit" filter={{ ...filter }} first={first} next={next} />
    </>
  );
}

function Entry({ entry, now }: { readonly entry: AuditEntry; readonly now: number }) {
  const {
    id,
    at,
    actor,
    actorKind,
    subject,
    ipAddress,
    right,
    method,
    path,
    requestId,
    resource,
    resourceId,
  } = entry;
  return (
    <li class="item entry" id={id}>
      <p>
        {actor === null ? (
          "Someone"
        ) : (
          <a href={pageHref("audit", { actor })}>
            <bdi>{actor}</bdi>
          </a>
        )}{" "}
        <strong>{doneBy(entry)}</strong>{" "}
        {resource !== "session" && (
          <>
            {wordOf(resource)}{" "}
            <a href={pageHref("audit", { kind: resource, id: resourceId })}>
              <bdi>{calledOf(entry)}</bdi>
            </a>
          </>
        )}
      </p>
      <p class="when">
        <Ago at={at} now={now} />
      </p>
      <Differences entry={entry} />
      <p class="about">
        <Moment at={at} />
        {actorKind !== null && <span>{kindNames[actorKind]}</span>}
        {ipAddress !== null && (
          <span>
            from{" "}
            <a href={pageHref("audit", { ip: ipAddress })}>
              <bdi>{ipAddress}</bdi>
            </a>
          </span>
        )}
        {right !== null && (
          <span>
            right <bdi>{right}</bdi>
          </span>
        )}
        {method !== null && (
          <span class="wide">
            {method} <bdi>{path}</bdi>
          </span>
        )}
        {subject !== null && (
          <span class="wide">
            provider ID <bdi>{subject}</bdi>
          </span>
        )}
        {requestId !== null && (
          <span class="wide">
            request <bdi>{requestId}</bdi>
          </span>
        )}
      </p>
    </li>
  );
}

/** Number of differences shown unfolded. */
const unfolded = 12;

/** Old and new values of a change, or all values of what was created or deleted. */
function Differences({ entry }: { readonly entry: AuditEntry }) {
  const differences = differencesOf(entry, useContext(TimeZone));
  if (differences.length === 0) return entry.event === "change" ? <p class="quiet">No differences.</p> : null;
  const changed = entry.before !== null && entry.after !== null;
  const Rows = changed ? Changes : Values;
  const folded = differences.slice(unfolded);
  return (
    <div class={changed ? "differences" : "differences whole"}>
      <Rows differences={differences.slice(0, unfolded)} />
      {folded.length > 0 && (
        <details id={`rest-${entry.id}`}>
          <summary>Show {folded.length} more</summary>
          <Rows differences={folded} />
        </details>
      )}
    </div>
  );
}

interface RowsProps {
  readonly differences: readonly Difference[];
}

function Changes({ differences }: RowsProps) {
  return (
    <dl>
      {differences.map(({ field, before, after }) => (
        <Field name={field}>
          {before === null ? (
            <span class="quiet">none</span>
          ) : (
            <del>
              <bdi>{before}</bdi>
            </del>
          )}
          <span aria-hidden="true"> → </span>
          {after === null ? (
            <span class="quiet">none</span>
          ) : (
            <ins>
              <bdi>{after}</bdi>
            </ins>
          )}
        </Field>
      ))}
    </dl>
  );
}

function Values({ differences }: RowsProps) {
  return (
    <dl>
      {differences.map(({ field, before, after }) => (
        <Field name={field}>
          <bdi>{after ?? before}</bdi>
        </Field>
      ))}
    </dl>
  );
}

function Field({ name, children }: PropsWithChildren<{ readonly name: string }>) {
  return (
    <div>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Filters({ filter: { event, kind, id, actor, ip } }: { readonly filter: Filter }) {
  return (
    <form method="get" action={pageHref("audit")} class="filters narrowing">
      <SelectField
        field={plainField("event")}
        label="Event"
        value={event}
        options={[anyOption, ...optionsOf(auditEvents, (each) => eventNames[each])]}
      />
      <SelectField
        field={plainField("kind")}
        label="Resource type"
        value={kind}
        options={[anyOption, ...optionsOf(auditedResources, (each) => capitalize(wordOf(each)))]}
      />
      <TextField field={plainField("id")} label="Name or ID" value={id} maxlength={1_024} />
      <TextField
        field={plainField("actor")}
        label="Actor"
        type="search"
        value={actor}
        maxlength={255}
        aria-keyshortcuts="/"
      />
      <TextField field={plainField("ip")} label="IP address" value={ip} maxlength={limits.ipAddressLength} />
      <button type="submit">Apply filters</button>
    </form>
  );
}

/** Returns the display name of a resource: a key's name, otherwise its ID. What all teams share has no name. */
function calledOf({ resource, resourceId, before, after }: AuditEntry): string {
  const isShared =
    resource === "routing_rules" || (resource === "roles" && resourceId === idOfRolesInAllTeams);
  if (isShared) return "for all teams";
  const name = (after ?? before)?.name;
  return resource === "key" && typeof name === "string" ? name : resourceId;
}

const eventNames: Readonly<Record<AuditEvent, string>> = {
  change: "Change",
  sign_in: "Sign-in",
  failed_sign_in: "Failed sign-in",
  sign_out: "Sign-out",
  denied: "Denied request",
};

const kindNames: Readonly<Record<ActorKind, string>> = {
  person: "signed in",
  key: "API key",
  local: "without sign-in",
  chat: "chat",
  integration: "integration",
  command: "command line",
};

const eventVerbs: Readonly<Record<Exclude<AuditEvent, "change">, string>> = {
  sign_in: "signed in",
  failed_sign_in: "could not sign in",
  sign_out: "signed out",
  denied: "was denied",
};

function doneBy({ event, resource, before, after }: AuditEntry): string {
  if (event !== "change") return eventVerbs[event];
  if (before === null) return "created";
  if (after === null) return "deleted";
  return resource === "dead_letter" ? "redrove" : "updated";
}

function wordOf(resource: AuditedResource): string {
  return resource === "key" ? "API key" : resource.replaceAll("_", " ");
}
