import { askForIt } from "../../domain/access/describe-denial.ts";
import { SettingsTabs } from "../components/navigation/settings-tabs.tsx";
import type { PageName } from "./routes.ts";

/** The page for a viewer who lacks its right. */
export function ForbiddenView({
  page,
  reason,
  administrators,
}: {
  readonly page: PageName;
  readonly reason: string;
  /** Emails of people who can give it. */
  readonly administrators: readonly string[];
}) {
  return (
    <>
      <SettingsTabs page={page} />
      <div class="narrow">
        <h1>Insufficient permissions</h1>
        <p>{reason}.</p>
        <p>{askForIt(administrators)}. Or sign in as someone else.</p>
      </div>
    </>
  );
}
