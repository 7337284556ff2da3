import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import type { Viewing } from "../../site/viewer.ts";
import { ProfileFields } from "../users/profile-fields.tsx";

/** Shown for a person without a user record, such as a member of a schedule, with the form that adds one. */
export function NoUser({ email, ...viewing }: Viewing & { readonly email: string }) {
  const mayAdd = viewing.viewer.may("profile", { owners: [email] });
  return (
    <>
      <SettingsTabs page="user" viewer={viewing.viewer} />
      <h1>
        <bdi>{email}</bdi>
      </h1>
      <p class="lead">
        This person is not a user yet. Pages to them go to this email address.
        {!mayAdd && " To use other contact methods, ask an administrator to add them as a user."}
      </p>
      {mayAdd && (
        <ActionForm action="save-user" viewing={viewing} class="panel stack narrow">
          <h2>New user</h2>
          <input type="hidden" name="email" value={email} />
          <ProfileFields field={fieldsOf("save-user", viewing.formErrors)} name="" timezone="UTC" />
          <button type="submit" class="primary">
            Add user
          </button>
        </ActionForm>
      )}
    </>
  );
}
