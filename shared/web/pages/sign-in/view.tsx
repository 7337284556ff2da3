import { ActionForm } from "../../components/forms/action-form.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import type { Viewing } from "../../site/viewer.ts";

interface SignInProps extends Viewing {
  readonly next: string;
  /** Name of the identity provider; null for none. */
  readonly provider: string | null;
}

export function SignInView({ next, provider, ...viewing }: SignInProps) {
  return (
    <div class="narrow">
      <h1>Sign in</h1>
      {provider !== null && (
        <p>
          <a class="button primary" href={`/sign-in/oidc?${new URLSearchParams({ next })}`}>
            Sign in with <bdi>{provider}</bdi>
          </a>
        </p>
      )}
      <p>{provider === null ? "Sign in" : "Or sign in"} with an API key. You stay signed in for 12 hours.</p>
      <ActionForm action="sign-in" viewing={{ ...viewing, here: next }} plain class="stack">
        <TextField
          field={{ ...plainField("key"), focused: provider === null }}
          label="API key"
          type="password"
          autocomplete="current-password"
          required
        />
        <button type="submit" class="primary">
          Sign in
        </button>
      </ActionForm>
    </div>
  );
}
