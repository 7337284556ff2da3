/**
 * `npm run demo`: simulates an outage against a running platform and checks the results.
 *
 * PLATFORM_URL or HTTP_PORT locate the platform. PLATFORM_KEY is an API key, if required. `-- --fast` skips
 * the pauses.
 */
import { existsSync } from "node:fs";
import { apiOf, platformUrl } from "../infra/api-client.ts";
import { narrator } from "../infra/operate/narrator.ts";
import { exitOnProblem, Problem } from "../infra/problem.ts";
import { shopOn } from "./demo/shop.ts";
import { playOutage } from "./demo/story.ts";

const envFile = `${import.meta.dirname}/../.env`;
if (existsSync(envFile)) process.loadEnvFile(envFile);

const { PLATFORM_KEY } = process.env;
const url = platformUrl(process.env);
const pauseMs = process.argv.includes("--fast") ? 0 : 1_500;

await play().catch(exitOnProblem);

async function play(): Promise<void> {
  await fetch(`${url}/health/web`, { signal: AbortSignal.timeout(5_000) }).catch(() => {
    throw new Problem(
      `No platform answers at ${url}. Start it with "npm start", or say where it is with PLATFORM_URL or HTTP_PORT.`,
    );
  });
  console.log(`An outage, played against ${url}`);
  const telling = narrator(pauseMs);
  await playOutage(shopOn(apiOf(url, PLATFORM_KEY)), telling, `${Date.now()}`).catch((error) => {
    telling.check(false, error instanceof Error ? error.message : String(error));
  });
  const { broken, checks } = telling;
  if (broken.length === 0) {
    console.log(`\nIt all came true: ${checks} checks. Look around at ${url}\n`);
  } else {
    console.log(`\nIt did not come true:\n${broken.map((claim) => `  ✗ ${claim}`).join("\n")}\n`);
    process.exitCode = 1;
  }
}
