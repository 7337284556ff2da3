/**
 * `npm run smoke -- <url>`: end-to-end check of a running platform, from an alert to a page and its
 * acknowledgement.
 *
 * PLATFORM_KEY is an API key with the scopes ingest and write, if the platform requires keys. The paged
 * address is smoke@example.com, or `--email <address>` on a platform that sends email.
 */
import { parseArgs } from "node:util";
import { apiOf } from "../infra/api-client.ts";
import { narrator } from "../infra/operate/narrator.ts";
import { exitOnProblem, Problem } from "../infra/problem.ts";
import { checkHealth } from "./smoke/health.ts";
import { checkPaging } from "./smoke/paging.ts";

await smoke().catch(exitOnProblem);

async function smoke(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { email: { type: "string", default: "smoke@example.com" } },
  });
  const [given = "", ...more] = positionals;
  if (!URL.canParse(given) || more.length > 0) {
    throw new Problem("Needs the address of a platform: npm run smoke -- http://localhost:8080");
  }
  const url = given.replace(/\/+$/, "");
  console.log(`Smoke test of ${url}`);
  const telling = narrator(0);
  const call = apiOf(url, process.env.PLATFORM_KEY);
  try {
    await checkHealth(call, url, telling);
    await checkPaging(call, telling, { run: Date.now().toString(36), email: values.email });
  } catch (error) {
    telling.check(false, reasonOf(error));
  }
  const { broken, checks } = telling;
  console.log(
    broken.length === 0 ? `\nIt works: ${checks} checks.` : `\nIt does not work: ${broken.join("; ")}`,
  );
  process.exitCode = broken.length === 0 ? 0 : 1;
}

/** Returns the cause of fetch's "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error
    ? `${message}: ${cause.message || (cause as NodeJS.ErrnoException).code}`
    : message;
}
