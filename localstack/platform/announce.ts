import { relative } from "node:path";
import { commandLine } from "../../infra/command.ts";
import { areKeysRequired } from "../../shared/domain/access/keys-required.ts";
import type { Foundation } from "./foundation.ts";
import { missingWarnings } from "./missing-settings.ts";

/** Startup message with URLs, and with the first API key if it was just created. */
export function announcement(
  { settings, emulators }: Pick<Foundation, "settings" | "emulators">,
  firstKey: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const url = `http://${settings.httpHost === "127.0.0.1" ? "localhost" : settings.httpHost}:${settings.httpPort}`;
  const inside = relative(process.cwd(), settings.dataDir);
  const dataDir = inside.startsWith("..") ? settings.dataDir : inside;
  const alert = { service: "checkout", severity: "critical", message: "Error rate above 5%" };
  const needsKey = areKeysRequired(env);
  const create = commandLine("keys", "create --name first-alert --scopes ingest").replace(
    "run",
    "run --silent",
  );
  const rows = [
    ["UI and API", url],
    ["API docs", `${url}/docs`],
    ["Health", `${url}/health`],
    ...(settings.exporter
      ? [["Metrics", `http://${settings.exporterHost}:${settings.exporterPort}/metrics`] as const]
      : []),
    ...(settings.smtp
      ? [["Email", `smtp://${settings.smtp.host}:${settings.smtp.port} for ${settings.smtp.domain}`] as const]
      : []),
    ["Lambda", `http://${settings.httpHost}:${settings.lambdaPort}`],
    ["Emulators", emulators.description],
    ["Data, log", `${dataDir}/, ${dataDir}/platform.log`],
    ...(firstKey === undefined
      ? []
      : [["First key", `${firstKey} with the scope admin. It is shown only once, so save it now`] as const]),
    // The key is set first, so that both lines work when they are pasted.
    ...(needsKey
      ? [["Alert key", firstKey === undefined ? `KEY=$(${create})` : `KEY=${firstKey}`] as const]
      : []),
    [
      "First alert",
      `curl ${url}/api/v1/alerts ${needsKey ? '-H "Authorization: Bearer $KEY" ' : ""}--json '${JSON.stringify(alert)}'`,
    ],
    ["Stop", "Ctrl-C"],
  ] as const;
  const started = process.uptime().toFixed(1);
  return [
    "",
    `Incident platform, ready after ${started} s`,
    ...rows.map(([name, value]) => `  ${name.padEnd(13)}${value}`),
    ...missingWarnings(env).map((warning) => `Warning: ${warning}`),
    "",
  ].join("\n");
}
