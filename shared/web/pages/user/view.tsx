import type { PropsWithChildren } from "hono/jsx";
import type { NotificationRule, User } from "../../../domain/access/contact.ts";
import { pendingCode, type Reachability } from "../../../domain/access/reachability.ts";
import type { TeamRole } from "../../../domain/access/roles.ts";
import { formatDuration } from "../../../domain/duration.ts";
import { profileBase, rulesBase } from "../../../domain/edit-base.ts";
import { limits } from "../../../domain/limits.ts";
import type { ContactMethod } from "../../../domain/notifications/notification.ts";
import { capitalize } from "../../components/capitalize.ts";
import { ContactMethodFields, ContactMethodsOfUser, wordsOf } from "../../components/contact-methods.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { FieldFault } from "../../components/forms/fields.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { ProfileFields } from "../users/profile-fields.tsx";
import { ForgetUser } from "./forget.tsx";
import { MethodRow } from "./method-row.tsx";
import { type Push, PushDevices } from "./push-devices.tsx";
import { type TelegramBot, TelegramLink } from "./telegram-link.tsx";

type UserViewProps = Viewing & {
  readonly user: User;
  readonly reachability: Pick<Reachability, "codes">;
  readonly telegram: TelegramBot;
  /** Phone numbers that get no text messages, because STOP was sent from them. */
  readonly stopped: ReadonlySet<string>;
  /** Null if push is not configured. */
  readonly push: Push | null;
};

/** Contact methods and notification rules of one user. */
export function UserView(props: UserViewProps) {
  const { user, viewer, now } = props;
  const mayChange = viewer.may("profile", { owners: [user.email] });
  return (
    <>
      <SettingsTabs page="user" viewer={viewer} />
      <h1>
        <bdi>{user.name}</bdi>
      </h1>
      <p class="lead about">
        <bdi>{user.email}</bdi> <bdi>{user.timezone}</bdi>
        <span>
          Updated <Ago at={user.updatedAt} now={now} />
        </span>
      </p>
      <div class="columns">
        <div>
          <Methods {...props} />
          {props.push && <PushDevices {...props} push={props.push} />}
          {mayChange && props.telegram.bot !== "" && <TelegramLink {...props} />}
          {mayChange && user.contactMethods.length > 0 && (
            <>
              <Rules
                {...props}
                change="rules"
                name="Notification rules"
                saved={user.notificationRules}
                button="Save rules"
              >
                Delays are counted from the page. Without rules the first method is used immediately.
              </Rules>
              <Rules
                {...props}
                change="low_urgency_rules"
                name="Rules for low urgency"
                saved={user.lowUrgencyRules}
                button="Save low-urgency rules"
              >
                Incidents of low urgency do not escalate. Without rules, email is used immediately.
              </Rules>
            </>
          )}
        </div>
        <div>
          <section>
            <h2>How pages are delivered</h2>
            <div class="panel">
              <ContactMethodsOfUser user={user} />
              <p class="hint">Until someone acknowledges.</p>
              <h3>Low urgency</h3>
              <ContactMethodsOfUser user={user} urgency="low" />
            </div>
          </section>
          {viewer.roles && viewer.email === user.email && <Roles roles={viewer.roles} />}
          {mayChange && <Profile {...props} />}
        </div>
      </div>
    </>
  );
}

/** Roles of the viewer. */
function Roles({ roles }: { readonly roles: readonly TeamRole[] }) {
  return (
    <section aria-labelledby="roles">
      <h2 id="roles">Your roles</h2>
      <div class="panel">
        {roles.length === 0 ? (
          <p class="quiet">None. Ask an administrator.</p>
        ) : (
          <ul class="spread-list">
            {roles.map(({ team, role }) => (
              <li>
                <b>{capitalize(role)}</b>
                <span>{team === null ? "All teams" : <bdi>{team}</bdi>}</span>
              </li>
            ))}
          </ul>
        )}
        <p>
          <a href={pageHref("access")}>What roles permit</a>
        </p>
      </div>
    </section>
  );
}

function Methods({ user, stopped, reachability, ...viewing }: UserViewProps) {
  const { email, contactMethods } = user;
  const codeOf = ({ id }: ContactMethod) => pendingCode(reachability, id, viewing.now);
  const mayChange = viewing.viewer.may("profile", { owners: [email] });
  return (
    <section>
      <h2>Contact methods</h2>
      {contactMethods.length === 0 ? (
        <p class="empty">
          No contact methods. Pages go to <bdi>{email}</bdi>.
        </p>
      ) : (
        <ul class="items">
          {contactMethods.map((method) => (
            <MethodRow {...viewing} user={user} method={method} stopped={stopped} code={codeOf(method)} />
          ))}
        </ul>
      )}
      {mayChange && contactMethods.length < limits.contactMethods && (
        <ActionForm action="change-user" params={{ email }} viewing={viewing} class="panel">
          <ContactMethodFields field={fieldsOf("change-user", viewing.formErrors)} />
          <button type="submit" name="change" value="add" class="primary">
            Add contact method
          </button>
        </ActionForm>
      )}
    </section>
  );
}

const emptyRows = 2;

type RulesProps = PropsWithChildren<UserViewProps> & {
  readonly change: "rules" | "low_urgency_rules";
  readonly name: string;
  readonly saved: readonly NotificationRule[];
  readonly button: string;
};

/** One row per rule, and some for new ones. */
function Rules({ user, change, name, saved, button, children, ...viewing }: RulesProps) {
  const { email, contactMethods } = user;
  const spare = Math.min(emptyRows, limits.notificationRules - saved.length);
  const rejected = rejectedRows(viewing, change);
  const rows = rejected ?? [
    ...saved.map((rule) => [rule.contactMethodId, formatDuration(rule.delaySeconds)] as const),
    ...Array.from({ length: spare }, () => ["", ""] as const),
  ];
  const rules = fieldsOf("change-user", rejected ? viewing.formErrors : null)("rules");
  const idOf = (cell: string, index: number) => `${change}-${cell}-${index}`;
  return (
    <section>
      <h2>{name}</h2>
      <ActionForm action="change-user" params={{ email }} viewing={viewing} plain class="panel">
        <input type="hidden" name="base" value={rulesBase(saved)} autocomplete="off" />
        <p class="hint">{children}</p>
        <ol class="notification-rules">
          {rows.map(([by, after], index) => (
            <li>
              <label for={idOf("by", index)}>Use</label>
              <select id={idOf("by", index)} name="by">
                <option value="">No rule</option>
                {contactMethods.map((method) => (
                  <option value={method.id} selected={method.id === by} label={wordsOf(method)} />
                ))}
              </select>
              <label for={idOf("after", index)}>after</label>
              <input
                id={idOf("after", index)}
                name="after"
                value={after}
                placeholder="5 min"
                maxlength={64}
              />
            </li>
          ))}
        </ol>
        <FieldFault field={{ ...rules, id: `change-user-${change}` }} />
        <button type="submit" name="change" value={change}>
          {button}
        </button>
      </ActionForm>
    </section>
  );
}

/** Returns the submitted rows of a rejected form. */
function rejectedRows(
  { formErrors }: Viewing,
  change: RulesProps["change"],
): (readonly [by: string, after: string])[] | undefined {
  if (formErrors?.action !== "change-user" || formErrors.values.change?.[0] !== change) return undefined;
  const { by, after = [] } = formErrors.values;
  return by?.map((method, index) => [method, after[index] ?? ""] as const);
}

function Profile({ user, ...viewing }: UserViewProps) {
  const { email, name, timezone } = user;
  const { formErrors } = viewing;
  return (
    <>
      <details class="fold" id="profile" open={formErrors?.action === "save-user"}>
        <summary>Edit name and time zone</summary>
        <ActionForm action="save-user" viewing={viewing} plain class="stack">
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="base" value={profileBase(user)} autocomplete="off" />
          <ProfileFields field={fieldsOf("save-user", formErrors)} name={name} timezone={timezone} />
          <button type="submit">Save user</button>
        </ActionForm>
      </details>
      <details class="fold" id="delete">
        <summary>Delete user</summary>
        <ActionForm action="change-user" params={{ email }} viewing={viewing} plain class="stack">
          <p>
            Deletes this user's contact methods and notification rules. Schedules are unchanged, and page this
            person by email.
          </p>
          <button type="submit" name="change" value="delete" class="danger">
            Delete user
          </button>
        </ActionForm>
      </details>
      {viewing.viewer.may("administer") && <ForgetUser {...viewing} email={email} />}
    </>
  );
}
