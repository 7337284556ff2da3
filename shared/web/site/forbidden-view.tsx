import { SettingsTabs } from "../components/settings-tabs.tsx";
import type { PageName } from "./routes.ts";

/** The page for a viewer who lacks its right. */
export function ForbiddenView({ page, reason }: { readonly page: PageName; readonly reason: string }) {
  return (
    <>
      <SettingsTabs page={page} />
      <div class="narrow">
        <h1>Insufficient permissions</h1>
        <p>{reason}.</p>
        <p>Ask an administrator for it, or sign in as someone else.</p>
      </div>
    </>
  );
}
