import { type Role, type RoleAssignment, roles, teamRoles } from "../../../domain/access/roles.ts";
import { limits } from "../../../domain/limits.ts";
import type { Person } from "../../../domain/person.ts";
import { capitalize } from "../../components/capitalize.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf, plainField } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, Suggestions, TextField } from "../../components/forms/fields.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

/** Settings that assign roles too. */
export interface AccessSettings {
  readonly adminEmails: readonly string[];
  /** Role of people without any; null: none. */
  readonly defaultRole: Role | null;
}

interface AccessViewProps extends Viewing, AccessSettings {
  /** Team whose roles are shown; null for those in all teams. */
  readonly team: string | null;
  readonly assignments: readonly RoleAssignment[];
  /** Known teams and people, to suggest. */
  readonly teams: readonly string[];
  readonly people: readonly Person[];
}

const meanings: Readonly<Record<Role, string>> = {
  viewer: "View everything except API keys, dead letters and the audit log",
  responder: "Act on incidents, and override their own shifts",
  manager: "Change schedules, policies, services, alert rules, integrations and channels",
  admin: "Everything, including roles, API keys and the audit log",
};

/** Roles of people who sign in, in all teams or in one. */
export function AccessView(props: AccessViewProps) {
  const { team, assignments, adminEmails, defaultRole, viewer } = props;
  const mayChange = viewer.may("administer");
  const fixed = team === null ? adminEmails : [];
  return (
    <>
      <SettingsTabs page="access" viewer={viewer} within={team !== null} />
      <h1>
        {team === null ? (
          "Access"
        ) : (
          <>
            Roles in <bdi>{team}</bdi>
          </>
        )}
      </h1>
      <p class="lead">
        {team === null ? (
          <>
            Roles of people who sign in at the identity provider.{" "}
            {defaultRole === null
              ? "People without a role have no access."
              : `People without a role have the role ${defaultRole}.`}
          </>
        ) : (
          <>
            These apply in addition to <a href={pageHref("access")}>roles in all teams</a>.
          </>
        )}
      </p>
      <div class="columns">
        <div>
          <section>
            {assignments.length + fixed.length === 0 ? (
              <p class="empty">
                {team === null
                  ? "No roles yet. Assign one to a person or a group."
                  : "No roles in this team yet."}
              </p>
            ) : (
              <ul class="items">
                {fixed.map((address) => (
                  <li class="item">
                    <div>
                      <bdi class="name">{address}</bdi>
                      <p class="about">
                        <span>
                          Admin in all teams, set by <code>ADMIN_EMAILS</code>
                        </span>
                      </p>
                    </div>
                  </li>
                ))}
                {assignments.map((assignment) => (
                  <RoleItem assignment={assignment} team={team} viewing={props} mayChange={mayChange} />
                ))}
              </ul>
            )}
          </section>
          <Meanings />
        </div>
        <div>
          {mayChange && (
            <section>
              <RoleForm {...props} />
            </section>
          )}
          <section>
            <TeamChoice {...props} />
          </section>
        </div>
      </div>
    </>
  );
}

function RoleItem({
  assignment: { role, email, group },
  team,
  viewing,
  mayChange,
}: {
  readonly assignment: RoleAssignment;
  readonly team: string | null;
  readonly viewing: Viewing;
  readonly mayChange: boolean;
}) {
  const holder = email ?? group;
  return (
    <li class="item">
      <div>
        {email === undefined ? (
          <bdi class="name">{holder}</bdi>
        ) : (
          <a class="name" href={pageHref("user", { email })}>
            <bdi>{holder}</bdi>
          </a>
        )}
        <p class="about">
          <span>{capitalize(role)}</span>
          {email === undefined && <span>Group</span>}
        </p>
      </div>
      {mayChange && (
        <ActionForm action="change-roles" viewing={viewing} plain>
          {team !== null && <input type="hidden" name="team" value={team} />}
          <input type="hidden" name="kind" value={email === undefined ? "group" : "person"} />
          <input type="hidden" name="holder" value={holder} />
          <button type="submit" name="change" value="take">
            Remove role
            <span class="hidden">
              {" "}
              of <bdi>{holder}</bdi>
            </span>
          </button>
        </ActionForm>
      )}
    </li>
  );
}

function Meanings() {
  return (
    <section aria-labelledby="meanings">
      <h2 id="meanings">Roles</h2>
      <p class="quiet">Each role includes those before it.</p>
      <dl class="details">
        {roles.map((role) => (
          <>
            <dt>{capitalize(role)}</dt>
            <dd>{meanings[role]}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function RoleForm({ team, people, ...viewing }: AccessViewProps) {
  const field = fieldsOf("change-roles", viewing.formErrors);
  return (
    <ActionForm action="change-roles" viewing={viewing} class="panel stack">
      <h2>New role assignment</h2>
      {team !== null && <input type="hidden" name="team" value={team} />}
      <SelectField
        field={field("kind")}
        label="To"
        value="person"
        options={[
          ["person", "Person"],
          ["group", "Group"],
        ]}
      />
      <TextField
        field={field("holder")}
        label="Email or group"
        list="holders"
        hint="A group of the identity provider has the name that the provider sends."
        required
        maxlength={limits.groupNameLength}
      />
      <Suggestions id="holders" values={people.map(({ email }) => email)} />
      <SelectField
        field={field("role")}
        label="Role"
        value="responder"
        options={optionsOf(team === null ? roles : teamRoles)}
      />
      <button type="submit" name="change" value="give" class="primary">
        Assign role
      </button>
    </ActionForm>
  );
}

function TeamChoice({ team, teams }: Pick<AccessViewProps, "team" | "teams">) {
  return (
    <form method="get" action={pageHref("access")} class="panel stack">
      <h2>Roles in a team</h2>
      <TeamField field={plainField("team")} teams={teams} value={team ?? ""} required />
      <button type="submit">View roles</button>
    </form>
  );
}
