import { dataDirOf } from "../../infra/operate/data-dir.ts";
import { readPort } from "../../infra/operate/settings.ts";
import { Problem } from "../../infra/problem.ts";
import { settingFaults } from "./setting-faults.ts";

export interface Settings {
  readonly httpHost: string;
  readonly httpPort: number;
  readonly lambdaPort: number;
  /** Port of the embedded DynamoDB. SQS uses the next port. */
  readonly emulatorPort: number;
  /** False if it runs elsewhere, for example in a separate container. */
  readonly exporter: boolean;
  readonly exporterHost: string;
  readonly exporterPort: number;
  /** Absolute path. */
  readonly dataDir: string;
  /** Folder of existing bundles. Absent if the run builds its own. */
  readonly bundles: string | undefined;
  /** Endpoint of DynamoDB and SQS, for example LocalStack. Absent for the embedded emulators. */
  readonly endpoint: string | undefined;
}

/** Ports and folders, described in `.env.example`. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const faults = settingFaults(env);
  if (faults.length > 0) throw new Problem(`Settings are invalid:\n${faults.join("\n")}`);
  return {
    httpHost: env.HTTP_HOST || "127.0.0.1",
    httpPort: readPort(env, "HTTP_PORT", 8080),
    lambdaPort: readPort(env, "LAMBDA_PORT", 3002),
    emulatorPort: readPort(env, "EMULATOR_PORT", 4566),
    exporter: env.EXPORTER !== "off",
    exporterHost: env.EXPORTER_HOST || "127.0.0.1",
    exporterPort: readPort(env, "EXPORTER_PORT", 9464),
    dataDir: dataDirOf(env.DATA_DIR),
    bundles: env.PREBUILT_BUNDLES || undefined,
    endpoint: env.AWS_ENDPOINT_URL || undefined,
  };
}
