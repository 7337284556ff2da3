import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepValue } from "../../../localstack/platform/kept.ts";
import { digestSources } from "../../../localstack/platform/sources.ts";

type Env = Readonly<Record<string, string | undefined>>;

interface SharedService {
  /** Keeps the resolved serverless.yml in the new folder of a platform, if another one has had the same settings. */
  provide(): void;
  /** Shares what the platform has resolved. */
  share(): void;
}

const nothingToShare: SharedService = { provide: () => {}, share: () => {} };

/**
 * Resolved serverless.yml, shared by the platforms of a test run that differ in ports and folder alone. The CLI that
 * resolves it takes a third of a start.
 *
 * @param env of the platform
 */
export function sharedService(root: string, dataDir: string, env: Env): SharedService {
  const { TEST_RUN_FOLDER: run } = process.env;
  // Outside a run no one shares it. A folder that is missing may lack the room, and one with a cache is not new.
  if (!run || !existsSync(dataDir) || existsSync(join(dataDir, "cache"))) return nothingToShare;
  const { HTTP_PORT, LAMBDA_PORT, EMULATOR_PORT, EXPORTER_PORT, DATA_DIR, ...others } = env;
  const file = join(run, `service-${digestSources(root, others).service}.json`);
  return {
    provide() {
      if (!existsSync(file)) return;
      const ports: Env = { HTTP_PORT, httpPort: HTTP_PORT, lambdaPort: LAMBDA_PORT };
      const service = JSON.parse(readFileSync(file, "utf8"), (name, value) => ports[name] ?? value);
      keepValue(dataDir, "service", digestSources(root, env).service, service);
    },
    share() {
      if (existsSync(file)) return;
      const { value } = JSON.parse(readFileSync(join(dataDir, "cache/service.json"), "utf8"));
      // Others read it whole.
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(value));
      renameSync(`${file}.${process.pid}`, file);
    },
  };
}
