import type { PersonalMethod, User } from "../../../domain/access/contact.ts";
import type { SentCode } from "../../../domain/access/reachability.ts";
import type { ContactMethod } from "../../../domain/notifications/notification.ts";
import { ContactMethodText, wordsOf } from "../../components/contact-methods.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { Ago } from "../../components/time.tsx";
import type { Viewing } from "../../site/viewer.ts";

type MethodRowProps = Viewing & {
  readonly user: User;
  readonly method: PersonalMethod;
  /** Phone numbers that get no text messages, because STOP was sent from them. */
  readonly stopped: ReadonlySet<string>;
  /** Code that can be entered for the method. */
  readonly code: SentCode | undefined;
};

/** A contact method, its verification, and buttons to test, verify and remove it. */
export function MethodRow({ user, method, stopped, code, ...viewing }: MethodRowProps) {
  const { email } = user;
  const { verifiedAt } = method;
  const { viewer, now } = viewing;
  const mayChange = viewer.may("profile", { owners: [email] });
  return (
    <li class="item" id={`method-${method.id}`}>
      <div>
        <ContactMethodText method={method} />
        <p class="about">
          <bdi>{method.id}</bdi>{" "}
          {verifiedAt === undefined ? (
            <span>Not verified</span>
          ) : (
            <span>
              Verified <Ago at={verifiedAt} now={now} />
            </span>
          )}
        </p>
        {method.channel === "sms" && stopped.has(method.address) && (
          <p class="notice trouble">
            STOP was sent from this number, so it gets no text messages and the next contact method is used.
            Send START from it to resume them.
          </p>
        )}
        {mayChange && verifiedAt === undefined && code && <CodeForm {...viewing} {...{ user, method }} />}
      </div>
      {mayChange && (
        <ActionForm action="change-user" params={{ email }} viewing={viewing} class="button-row">
          <input type="hidden" name="method" value={method.id} />
          {verifiedAt === undefined && (
            <Button change="send_code" label={code ? "Send another code" : "Verify"} method={method} />
          )}
          <Button change="test" label={testLabel(method)} method={method} />
          <Button change="remove" label="Remove method" method={method} />
        </ActionForm>
      )}
    </li>
  );
}

function Button({
  change,
  label,
  method,
}: {
  readonly change: string;
  readonly label: string;
  readonly method: ContactMethod;
}) {
  const joined = change === "test" ? `${label} to ${wordsOf(method)}` : `${label} ${wordsOf(method)}`;
  return (
    <button type="submit" name="change" value={change} aria-label={joined}>
      {label}
    </button>
  );
}

function testLabel({ channel }: ContactMethod): string {
  return channel === "voice" ? "Place test call" : "Send test";
}

/** Takes the code that was sent to the method. */
function CodeForm({ user, method, ...viewing }: Viewing & Pick<MethodRowProps, "user" | "method">) {
  const { formErrors } = viewing;
  // Only the method whose code was rejected shows the error.
  const isMine = formErrors?.values.method?.[0] === method.id;
  const field = fieldsOf("change-user", isMine ? formErrors : null)("code");
  return (
    <ActionForm action="change-user" params={{ email: user.email }} viewing={viewing} class="code-form">
      <input type="hidden" name="method" value={method.id} />
      <TextField
        field={{ ...field, id: `code-${method.id}` }}
        label="Code from the message"
        required
        maxlength={6}
        autocomplete="one-time-code"
      />
      <button type="submit" name="change" value="verify" aria-label={`Enter code of ${wordsOf(method)}`}>
        Enter code
      </button>
    </ActionForm>
  );
}
