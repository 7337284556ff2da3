import { ActionForm } from "../../components/forms/action-form.tsx";
import { Suggestions, TextField } from "../../components/forms/fields.tsx";
import { pageHref } from "../routes.ts";
import type { Viewer } from "../viewer.ts";
import { Icon } from "./icon.tsx";

/** The viewer's name, and the form that sets it or signs out. */
export function Identity({ viewer, here }: { readonly viewer: Viewer; readonly here: string }) {
  if (viewer.identity === "anonymous") return null;
  const isSignedIn = viewer.identity !== "self_declared";
  return (
    <details class="identity" id="identity">
      <summary>
        <Icon name="person" />
        {viewer.name === null ? (
          <span class="clamp">Set your name</span>
        ) : (
          <bdi class="clamp" title={viewer.name}>
            {viewer.name}
          </bdi>
        )}
      </summary>
      <div class="menu">
        {viewer.email !== undefined && <a href={pageHref("user", { email: viewer.email })}>Your profile</a>}
        {isSignedIn ? (
          <ActionForm action="sign-out" viewing={{ viewer, here: "/" }} plain>
            <button type="submit">Sign out</button>
          </ActionForm>
        ) : (
          <ActionForm action="remember-name" viewing={{ viewer, here }} plain class="stack">
            <TextField
              field={{ id: "own-name", name: "name" }}
              label="Your name or email"
              value={viewer.name ?? ""}
              hint="Your actions are recorded under this name."
              autocomplete="email"
              maxlength={255}
            />
            <button type="submit">Save name</button>
          </ActionForm>
        )}
        <ActionForm action="choose-time-zone" viewing={{ viewer, here }} plain class="stack">
          <TextField
            field={{ id: "own-timezone", name: "timezone" }}
            label="Time zone"
            value={viewer.timezone ?? "UTC"}
            list="own-timezones"
            hint="Times are shown in it, for example Europe/Berlin."
            required
            maxlength={64}
          />
          <Suggestions id="own-timezones" values={["UTC"]} />
          <button type="submit">Save time zone</button>
        </ActionForm>
      </div>
    </details>
  );
}
