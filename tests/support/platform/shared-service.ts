import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeCache } from "../../../localstack/platform/cache.ts";
import { digestSources, settingNames } from "../../../localstack/platform/sources.ts";
import { NODE_SETTINGS } from "../../../localstack/processes/node-settings.ts";
import { sharedFolder } from "./shared-folder.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Settings that serverless.yml has at other places than the environment of functions. */
const elsewhere = ["AWS_REGION", "HTTP_HOST", "OPERATORS_EMAIL"];

/**
 * Keeps the resolved serverless.yml in the new folder of a platform. The CLI that resolves it takes a third of a start,
 * and runs once in a test run: without settings, which are put in afterwards.
 *
 * @param env of the platform
 */
export async function provideService(root: string, dataDir: string, env: Env): Promise<void> {
  // A folder that is missing may lack the room, and one with a cache is not new.
  if (!existsSync(dataDir) || existsSync(join(dataDir, "cache"))) return;
  if (elsewhere.some((name) => env[name])) return;
  const names = settingNames(root, env);
  const folder = await sharedFolder("service", async (made) =>
    writeFileSync(join(made, "service.json"), JSON.stringify(await resolveWithout(root, names))),
  );
  if (!folder) return;
  const settings: Env = {
    ...Object.fromEntries(names.map((name) => [name, env[name]])),
    httpPort: env.HTTP_PORT,
    lambdaPort: env.LAMBDA_PORT,
  };
  const text = readFileSync(join(folder, "service.json"), "utf8");
  const service = JSON.parse(text, (name, value) => settings[name] ?? value);
  writeCache(dataDir, "service", digestSources(root, env).service, service);
}

/** Returns serverless.yml as the CLI resolves it without these settings. */
async function resolveWithout(root: string, names: readonly string[]): Promise<unknown> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.includes(name)));
  const cli = fork(join(root, "localstack/service/cli-helper.ts"), {
    cwd: root,
    env: { ...env, ...NODE_SETTINGS },
    execArgv: [],
  });
  const ended = once(cli, "exit").then(([code]) => {
    throw new Error(`The serverless CLI ended with ${code}`);
  });
  ended.catch(() => {});
  const [answer] = await Promise.race([once(cli, "message"), ended]);
  if (!("result" in answer)) throw new Error(answer.failure);
  return answer.result;
}
