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
  /** Listener for email; absent if SMTP_IN_PORT is not set. */
  readonly smtp: { readonly host: string; readonly port: number; readonly domain: string } | undefined;
  /** Folder of existing bundles. Absent if the run builds its own. */
  readonly bundles: string | undefined;
  /** Endpoint of DynamoDB and SQS, for example LocalStack. Absent for the embedded emulators. */
  readonly endpoint: string | undefined;
}

/** Ports and folders, described in `.env.example`. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const settings = parse(env);
  // The data folder has a secret that is not set.
  const complete = { ...env, SIGNING_SECRET: env.SIGNING_SECRET || "ssm:/stored" };
  const faults = [...settingFaults(complete), ...portFaults(settings)];
  if (faults.length > 0) throw new Problem(`Settings are invalid:\n${faults.join("\n")}`);
  return settings;
}

function parse(env: NodeJS.ProcessEnv): Settings {
  return {
    httpHost: env.HTTP_HOST || "127.0.0.1",
    httpPort: readPort(env, "HTTP_PORT", 8080),
    lambdaPort: readPort(env, "LAMBDA_PORT", 3002),
    emulatorPort: readPort(env, "EMULATOR_PORT", 4566),
    exporter: env.EXPORTER !== "off",
    exporterHost: env.EXPORTER_HOST || "127.0.0.1",
    exporterPort: readPort(env, "EXPORTER_PORT", 9464),
    dataDir: dataDirOf(env.DATA_DIR),
    smtp: env.SMTP_IN_PORT
      ? {
          host: env.SMTP_IN_HOST || "127.0.0.1",
          port: readPort(env, "SMTP_IN_PORT", 0),
          domain: env.INBOUND_EMAIL_DOMAIN ?? "",
        }
      : undefined,
    bundles: env.PREBUILT_BUNDLES || undefined,
    endpoint: env.AWS_ENDPOINT_URL || undefined,
  };
}

/** Returns a line for each port that two servers of the platform would use. */
function portFaults({ httpPort, lambdaPort, emulatorPort, exporterPort, ...settings }: Settings): string[] {
  const uses: [use: string, port: number][] = [
    ["HTTP_PORT", httpPort],
    ["LAMBDA_PORT", lambdaPort],
  ];
  if (settings.exporter) uses.push(["EXPORTER_PORT", exporterPort]);
  if (settings.smtp) uses.push(["SMTP_IN_PORT", settings.smtp.port]);
  if (settings.endpoint === undefined) {
    uses.push(["EMULATOR_PORT", emulatorPort], ["the port after EMULATOR_PORT", emulatorPort + 1]);
  }
  return uses.flatMap(([use, port], index) => {
    const other = uses.slice(0, index).find(([, taken]) => taken === port);
    return other ? [`${other[0]}: must differ from ${use}, but both are ${port}`] : [];
  });
}
