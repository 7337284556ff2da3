/** `npm run smoke -- [url]`: checks that a platform takes an alert to a page and an acknowledgement. */
import { apiOf } from "../infra/api-client.ts";
import { createCommand } from "../infra/command.ts";
import { assertReachable } from "../infra/operate/reachable.ts";
import { stepOutput } from "../infra/operate/step-output.ts";
import { announceTarget, resolveUrl, type TargetOptions, urlOption } from "../infra/operate/target.ts";
import { Problem } from "../infra/problem.ts";
import { email as emailField } from "../shared/contracts/fields.ts";
import { checkHealth } from "./smoke/health.ts";
import { checkPaging } from "./smoke/paging.ts";

export const command = createCommand("smoke", "Test a platform from alert to page and acknowledgement.", [
  ["http://localhost:8080", "Test the platform on this machine"],
  ["https://incidents.example.com --email oncall@example.com", "Test a deployed platform that sends email"],
])
  .argument("[url]", "same as --url")
  .option(...urlOption)
  .option("--email <address>", "recipient of the page", "smoke@example.com")
  .addHelpText(
    "after",
    "\nPLATFORM_KEY is an API key with the scopes ingest and write, if the platform requires one.",
  )
  .action(smoke);

async function smoke(given: string | undefined, options: TargetOptions & { email: string }): Promise<void> {
  const { email } = options;
  const url = resolveUrl({ url: given ?? options.url }, process.env);
  if (!emailField.safeParse(email).success)
    throw new Problem(`--email must be an email address, not "${email}".`);
  announceTarget(url);
  const output = stepOutput(0);
  const call = apiOf(url, process.env.PLATFORM_KEY);
  try {
    await assertReachable(url, "Start it, or set --url, PLATFORM_URL or HTTP_PORT.");
    await checkHealth(call, url, output);
    await checkPaging(call, output, { run: Date.now().toString(36), email });
  } catch (error) {
    output.check(false, reasonOf(error));
  }
  const { failures, checks } = output;
  console.log(
    failures.length === 0 ? `\nAll ${checks} checks passed.` : `\nSmoke test failed: ${failures.join("; ")}`,
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** Returns the cause that fetch hides behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error
    ? `${message}: ${cause.message || (cause as NodeJS.ErrnoException).code}`
    : message;
}
