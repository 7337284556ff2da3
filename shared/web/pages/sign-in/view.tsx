import { ActionForm } from "../../components/forms/action-form.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import type { Viewing } from "../../site/viewer.ts";

export function SignInView({ next, ...viewing }: Viewing & { readonly next: string }) {
  return (
    <div class="narrow">
      <h1>Sign in</h1>
      <p>Sign in with an API key. You stay signed in for 12 hours.</p>
      <ActionForm action="sign-in" viewing={{ ...viewing, here: next }} plain class="stack">
        <TextField
          field={{ ...plainField("key"), focused: true }}
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
