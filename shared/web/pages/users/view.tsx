import type { User } from "../../../domain/access/contact.ts";
import { ContactMethodsOfUser } from "../../components/contact-methods.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { ProfileFields } from "./profile-fields.tsx";

interface UsersViewProps extends Viewing {
  readonly users: readonly User[];
  readonly first: boolean;
  readonly next: string | null;
}

/** Users with their contact methods, and the form that adds one. */
export function UsersView({ users, first, next, ...viewing }: UsersViewProps) {
  const field = fieldsOf("save-user", viewing.formErrors);
  const mayAdd = viewing.viewer.may("profile");
  return (
    <>
      <SettingsTabs page="users" viewer={viewing.viewer} />
      <h1>Users</h1>
      <p class="lead">
        Contact details and notification rules. Anyone on call who isn't listed is paged by email.
      </p>
      <div class="columns">
        <div>
          {users.length === 0 ? (
            <p class="empty">
              No users yet. {mayAdd ? "Add one" : "Ask an administrator to add one"} to set up contact
              methods.
            </p>
          ) : (
            <ul class="items">
              {users.map((user) => (
                <li class="item">
                  <div>
                    <a class="name" href={pageHref("user", { email: user.email })}>
                      <bdi>{user.name}</bdi>
                    </a>
                    <p class="about">
                      <bdi>{user.email}</bdi>
                      <bdi>{user.timezone}</bdi>
                    </p>
                  </div>
                  <ContactMethodsOfUser user={user} />
                </li>
              ))}
            </ul>
          )}
          <ListPages page="users" first={first} next={next} />
        </div>
        {mayAdd && (
          <section>
            <ActionForm action="save-user" viewing={viewing} class="panel stack">
              <h2>New user</h2>
              <TextField field={field("email")} label="Email" type="email" required maxlength={254} />
              <ProfileFields field={field} name="" timezone="UTC" />
              <button type="submit" class="primary">
                Add user
              </button>
            </ActionForm>
          </section>
        )}
      </div>
    </>
  );
}
