/** Starts what the other processes need: emulators and bundles. It loads quickly, because they take time. */
import { rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { holdDataDir } from "../../infra/operate/data-dir.ts";
import { recordPlatform } from "../../infra/operate/running-platforms.ts";
import { exitOnProblem } from "../../infra/problem.ts";
import { type Emulators, startEmulators } from "../emulators/emulators.ts";
import { keepBodies, restrictToLoopback } from "../gateway/restrict-to-loopback.ts";
import { splitOutput } from "../output/output.ts";
import { onParentExit } from "../processes/parent.ts";
import { buildBundles } from "./bundles.ts";
import { checkSpace, explainFullDisk } from "./disk.ts";
import { checkPort } from "./ports.ts";
import { readSettings, type Settings } from "./settings.ts";
import type { Sources } from "./sources.ts";

/** Prerequisites of the gateway. */
export interface Foundation {
  readonly settings: Settings;
  readonly emulators: Emulators;
  /** Root of the handlers' paths. */
  readonly bundles: string;
  /** Marks the start as complete: signals then call `stop`, and uncaught errors no longer end the process. */
  serve(announcement: string, stop: () => Promise<void>): void;
  /** Ends the process with a startup error. */
  fail(error: unknown): never;
}

/** Prepares the prerequisites of the gateway. */
export async function prepareFoundation(sources: Sources): Promise<Foundation> {
  const settings = readSettings(process.env);
  return createFoundation(settings, sources).catch((error) => {
    throw explainFullDisk(error, settings.dataDir);
  });
}

async function createFoundation(settings: Settings, sources: Sources): Promise<Foundation> {
  const stopInOrder = stopOnSignals();
  holdDataDir(settings.dataDir);
  process.once("exit", () => rmSync(join(settings.dataDir, "platform.pid"), { force: true }));
  await checkPort(settings.httpHost, settings.httpPort, "HTTP_PORT");
  await checkPort(settings.httpHost, settings.lambdaPort, "LAMBDA_PORT");
  if (settings.exporter) await checkPort(settings.exporterHost, settings.exporterPort, "EXPORTER_PORT");
  if (settings.smtp) await checkPort(settings.smtp.host, settings.smtp.port, "SMTP_IN_PORT");
  restrictToLoopback([settings.lambdaPort]);
  keepBodies(settings.httpPort);
  checkSpace(settings.dataDir);
  const [emulators, bundles] = await Promise.all([
    startEmulators(settings),
    settings.bundles ?? buildBundles(settings.dataDir, sources.code),
  ]);
  const { httpPort, emulatorPort, endpoint = null, dataDir } = settings;
  recordPlatform({
    pid: process.pid,
    httpPort,
    emulatorPort: endpoint === null ? emulatorPort : null,
    endpoint,
    dataDir,
  });
  const output = splitOutput(logFileIn(settings.dataDir));
  return {
    settings,
    emulators,
    bundles,
    fail: (error) => exitOnProblem(explainFullDisk(error, settings.dataDir)),
    serve(announcement, stop) {
      stopInOrder(stop);
      output.say(announcement);
      output.open();
      process.setUncaughtExceptionCaptureCallback((error) =>
        console.error("Uncaught error of a function:", error),
      );
    },
  };
}

/**
 * Ends the process on a signal, or when npm has exited. During startup it ends immediately with all child
 * processes.
 *
 * @returns a function that replaces this behavior
 */
function stopOnSignals(): (stop: () => Promise<void>) => void {
  let stop: (() => Promise<void>) | undefined;
  const end = (signal: "SIGHUP" | "SIGINT" | "SIGTERM") =>
    stop ? stop() : process.exit(128 + constants.signals[signal]);
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.on(signal, () => end(signal));
  onParentExit(() => end("SIGHUP"));
  return (given) => {
    stop = given;
  };
}

/** Returns the file of structured lines. */
export function logFileIn(dataDir: string): string {
  return join(dataDir, "platform.log");
}
