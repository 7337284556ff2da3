import { askForIt } from "../../domain/access/describe-denial.ts";

/** The page for a viewer who lacks its right. */
export function ForbiddenView({
  reason,
  administrators,
}: {
  readonly reason: string;
  /** Emails of people who can give it. */
  readonly administrators: readonly string[];
}) {
  return (
    <div class="narrow">
      <h1>Insufficient permissions</h1>
      <p>{reason}.</p>
      <p>{askForIt(administrators)}. Or sign in as someone else.</p>
    </div>
  );
}
