import { ActionForm } from "../../components/forms/action-form.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import type { Viewing } from "../../site/viewer.ts";

type ForgetProps = Viewing & { readonly email: string };

/** Form that replaces a person with a pseudonym everywhere. */
export function ForgetUser({ email, ...viewing }: ForgetProps) {
  return (
    <details class="fold" id="forget">
      <summary>Forget this person</summary>
      <ActionForm action="forget-user" params={{ email }} viewing={viewing} plain class="stack">
        <p>
          Deletes contact methods, devices and linked accounts, and replaces name and address with a pseudonym
          in schedules, overrides, policies, incidents, silences and the audit log.
        </p>
        <p>
          This can't be undone. Shifts of the pseudonym page no one, so assign them to someone else.
          Notifications that were sent stay until they expire, because their proof covers the address.
        </p>
        <button type="submit" class="danger">
          Forget this person
        </button>
      </ActionForm>
    </details>
  );
}

/** Shown in place of a user whose data is partly replaced. */
export function UnfinishedForgetting({ email, ...viewing }: ForgetProps) {
  return (
    <>
      <SettingsTabs page="user" viewer={viewing.viewer} />
      <h1>User</h1>
      <p>
        The profile of <bdi>{email}</bdi> is deleted. Older records still name this person.
      </p>
      {viewing.viewer.may("administer") && (
        <ActionForm action="forget-user" params={{ email }} viewing={viewing} plain>
          <button type="submit" class="primary">
            Replace more records
          </button>
        </ActionForm>
      )}
    </>
  );
}
