import { ActionForm } from "../../components/forms/action-form.tsx";
import type { Viewing } from "../../site/viewer.ts";

export function SignInView({ next, ...viewing }: Viewing & { readonly next: string }) {
  return (
    <div class="narrow">
      <h1>Sign in</h1>
      <p>Sign in with an API key. You stay signed in for 12 hours.</p>
      <ActionForm action="sign-in" viewing={{ ...viewing, here: next }} plain class="stack">
        <label for="key">API key</label>
        <input id="key" name="key" type="password" autocomplete="current-password" required autofocus />
        <button type="submit" class="primary">
          Sign in
        </button>
      </ActionForm>
    </div>
  );
}
