import { type ApiKey, isValid, keyScopes } from "../../../domain/access/api-key.ts";
import { dayMs, hourMs } from "../../../domain/time-units.ts";
import { formatDuration } from "../../components/duration.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { FieldFault, SelectField, TextField } from "../../components/forms/fields.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { ShowOnce } from "../../components/show-once.tsx";
import { Ago, Moment } from "../../components/time.tsx";
import type { Viewing } from "../../site/viewer.ts";

interface KnownKey {
  readonly apiKey: ApiKey;
  /** Null if it was never used. */
  readonly lastUsedAt: number | null;
}

interface ApiKeysViewProps extends Viewing {
  readonly keys: readonly KnownKey[];
  /** A key that was just created. It is shown once. */
  readonly secret: string | null;
  readonly first: boolean;
  readonly next: string | null;
}

/** API keys and the form that creates one. */
export function ApiKeysView({ keys, secret, first, next, ...viewing }: ApiKeysViewProps) {
  return (
    <>
      <SettingsTabs page="api-keys" viewer={viewing.viewer} />
      <h1>API keys</h1>
      <p class="lead">
        API keys authenticate programs and people. Keys from the <code>API_KEYS</code> setting are not listed.
      </p>
      {secret !== null && <ShowOnce what="the API key" id="new-key" text={secret} />}
      <div class="columns">
        <div>
          {keys.length === 0 ? (
            <p class="empty">No API keys yet. Create one to authenticate a program or a person.</p>
          ) : (
            <ul class="items">
              {keys.map((known) => (
                <KeyItem known={known} viewing={viewing} />
              ))}
            </ul>
          )}
          <ListPages page="api-keys" first={first} next={next} />
        </div>
        <section>
          <KeyForm {...viewing} />
        </section>
      </div>
    </>
  );
}

function KeyItem({ known, viewing }: { readonly known: KnownKey; readonly viewing: Viewing }) {
  const { apiKey, lastUsedAt } = known;
  const { id, name, keyPrefix, scopes, teams, breakGlass, createdAt, rotatedAt } = apiKey;
  const { now } = viewing;
  const valid = isValid(apiKey, now);
  return (
    <li class={valid ? "item" : "item over"} id={id}>
      <div>
        <bdi class="name">{name}</bdi> <code>{keyPrefix}…</code> {breakGlass && <strong>Break-glass</strong>}
        <p class="about">
          <span>
            {scopes.length === 1 ? "Scope" : "Scopes"}: {scopes.join(", ")}
          </span>
          {teams !== null && (
            <span>
              {teams.length === 1 ? "Team" : "Teams"}: <bdi>{teams.join(", ")}</bdi>
            </span>
          )}
          <span>
            created <Ago at={createdAt} now={now} />
          </span>
          {rotatedAt !== null && (
            <span>
              rotated <Ago at={rotatedAt} now={now} />
            </span>
          )}
          <span>{lastUsedAt === null ? "never used" : <Used at={lastUsedAt} now={now} />}</span>
          <Until apiKey={apiKey} now={now} />
        </p>
      </div>
      {valid && (
        <details id={`more-${id}`}>
          <summary>Rotate or revoke</summary>
          <ActionForm action="change-api-keys" viewing={viewing} class="button-row">
            <input type="hidden" name="id" value={id} />
            <button type="submit" name="change" value="rotate">
              Rotate key
            </button>
            <button type="submit" name="change" value="revoke" class="danger">
              Revoke key
            </button>
            <p class="hint">The current key stops working within ten seconds.</p>
          </ActionForm>
        </details>
      )}
    </li>
  );
}

/** Last use, which is recorded once per hour at most. */
function Used({ at, now }: { readonly at: number; readonly now: number }) {
  return now - at < hourMs ? (
    <>used in the last hour</>
  ) : (
    <>
      used <Ago at={at} now={now} />
    </>
  );
}

function Until({
  apiKey: { revokedAt, validUntil },
  now,
}: {
  readonly apiKey: ApiKey;
  readonly now: number;
}) {
  if (revokedAt !== null) {
    return (
      <strong>
        revoked <Ago at={revokedAt} now={now} />
      </strong>
    );
  }
  if (validUntil === null) return <span>does not expire</span>;
  if (validUntil <= now) {
    return (
      <strong>
        expired <Ago at={validUntil} now={now} />
      </strong>
    );
  }
  const soon = validUntil - now < 14 * dayMs;
  return (
    <span class={soon ? "alarm" : undefined}>
      expires in {formatDuration(validUntil - now)} (<Moment at={validUntil} />)
    </span>
  );
}

const meanings = {
  ingest: "Send alerts",
  read: "View everything except API keys, dead letters and the audit log",
  write: "Read, acknowledge and resolve incidents, change the configuration",
  scim: "Provision people and groups from an identity provider",
  admin: "Everything, including API keys and the audit log",
} as const;

const lifetimes = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "1 year"],
  ["", "Never"],
] as const;

function KeyForm(viewing: Viewing) {
  const field = fieldsOf("change-api-keys", viewing.formErrors);
  const scopes = field("scopes");
  return (
    <ActionForm action="change-api-keys" viewing={viewing} class="panel stack">
      <h2>New API key</h2>
      <TextField
        field={field("name")}
        label="Name"
        hint="Shown in the audit log as the actor."
        required
        maxlength={128}
      />
      <fieldset aria-describedby={scopes.fault && `${scopes.id}-fault`}>
        <legend>Scopes</legend>
        {keyScopes.map((scope) => (
          <label class="check">
            <input type="checkbox" name="scopes" value={scope} />
            <span>
              <strong>{scope}</strong> <span class="quiet">{meanings[scope]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <FieldFault field={scopes} />
      <TextField
        field={field("teams")}
        label="Teams"
        placeholder="payments, checkout"
        hint="Optional. Teams that a key with the scope write can change. Leave empty for all teams."
      />
      <SelectField field={field("days")} label="Expires after" value="90" options={lifetimes} />
      <label class="check">
        <input type="checkbox" name="break_glass" />
        <span>
          <strong>Break-glass key</strong>{" "}
          <span class="quiet">
            For emergencies. It never expires, and its use notifies all administrators.
          </span>
        </span>
      </label>
      <FieldFault field={field("break_glass")} />
      <button type="submit" name="change" value="create" class="primary">
        Create API key
      </button>
    </ActionForm>
  );
}
