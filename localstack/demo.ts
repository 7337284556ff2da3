/** `npm run demo`: simulates an outage on a running platform and checks each step. */
import { apiOf } from "../infra/api-client.ts";
import { createCommand } from "../infra/command.ts";
import { assertReachable } from "../infra/operate/reachable.ts";
import { stepOutput } from "../infra/operate/step-output.ts";
import { announceTarget, resolveUrl, type TargetOptions, urlOption } from "../infra/operate/target.ts";
import { playOutage } from "./demo/outage.ts";
import { shopOn } from "./demo/shop.ts";

export const command = createCommand(
  "demo",
  "Simulate an outage on a running platform and check each step.",
  [
    ["", "Run with pauses for reading"],
    ["--fast --url https://incidents.example.com", "Run without pauses on another platform"],
  ],
)
  .option("--fast", "run without pauses for reading")
  .option(...urlOption)
  .addHelpText("after", "\nPLATFORM_KEY is the API key of a platform that requires one.")
  .action(play);

const readingPauseMs = 1_500;

async function play({ fast = false, ...options }: TargetOptions & { fast?: boolean }): Promise<void> {
  const url = resolveUrl(options, process.env);
  announceTarget(url);
  await assertReachable(url, 'Start it with "npm start", or set --url, PLATFORM_URL or HTTP_PORT.');
  const output = stepOutput(fast ? 0 : readingPauseMs);
  await playOutage(shopOn(apiOf(url, process.env.PLATFORM_KEY)), output, `${Date.now()}`).catch((error) => {
    output.check(false, error instanceof Error ? error.message : String(error));
  });
  const { failures, checks } = output;
  if (failures.length === 0) {
    console.log(`\nAll ${checks} checks passed. Open the UI at ${url}\n`);
  } else {
    console.log(`\nDemo failed:\n${failures.map((failure) => `  ✗ ${failure}`).join("\n")}\n`);
    process.exitCode = 1;
  }
}
