import { SettingsTabs } from "../components/settings-tabs.tsx";
import type { PageName } from "./routes.ts";
import type { Viewer } from "./viewer.ts";

/** The page for a viewer whose key lacks the scope. */
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
        <h1>Insufficient permissions</h1>
        <p>
          This page requires an API key with the <strong>{scope}</strong> scope. Your key,{" "}
          <bdi>{viewer.name}</bdi>, does not have it.
        </p>
        <p>Sign in with another key, or ask an administrator for one.</p>
      </div>
    </>
  );
}
