import { SettingsTabs } from "../components/settings-tabs.tsx";
import type { PageName } from "./routes.ts";
import type { Viewer } from "./viewer.ts";

/** Shown instead of a page if the viewer's key lacks the scope. */
export function ForbiddenView({
  page,
  scope,
  viewer,
}: {
  readonly page: PageName;
  readonly scope: string | null;
  readonly viewer: Pick<Viewer, "name">;
}) {
  return (
    <>
      <SettingsTabs page={page} />
      <div class="narrow">
        <h1>Not with your key</h1>
        <p>
          This page is for keys with the scope <strong>{scope}</strong>, and yours, <bdi>{viewer.name}</bdi>,
          has not got it.
        </p>
        <p>Sign out and come back with another one, or ask somebody who has one.</p>
      </div>
    </>
  );
}
