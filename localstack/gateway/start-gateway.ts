/** Serves the endpoints with serverless-offline in this process, without the CLI that it is a plugin of. */
import type { Service } from "../service/service.ts";
import { correctGateway } from "./gateway.ts";
import { formatTimeOncePerSecond } from "./request-time.ts";
import { runFunctions } from "./run-functions.ts";

interface Gateway {
  start(): Promise<void>;
  /** Closes its servers, with `true` without ending the process. */
  end(skipExit: true): Promise<void>;
}

/** The parts of the CLI that serverless-offline uses. */
interface Cli {
  readonly config: { readonly servicePath: string };
  readonly serviceDir: string;
  readonly service: Service & {
    getAllFunctions(): string[];
    getFunction(name: string): Service["functions"][string] | undefined;
    getAllEventsInFunction(name: string): unknown;
  };
}

type GatewayClass = new (cli: Cli, options: object, utils: { log: object }) => Gateway;

const { default: ServerlessOffline } = (await import(import.meta.resolve("serverless-offline"))) as {
  default: GatewayClass;
};
await correctGateway(); // It loads the server.

export async function startGateway(service: Service): Promise<Gateway> {
  await Promise.all([runFunctions(service), formatTimeOncePerSecond()]);
  const gateway = new ServerlessOffline(cliFor(service), { noSponsor: true }, { log });
  await gateway.start();
  return gateway;
}

function cliFor(service: Service): Cli {
  const folder = process.cwd();
  return {
    config: { servicePath: folder },
    serviceDir: folder,
    service: {
      ...service,
      getAllFunctions: () => Object.keys(service.functions),
      getFunction: (name) => service.functions[name],
      getAllEventsInFunction: (name) => service.functions[name]?.events,
    },
  };
}

const ignore = () => {};

/** Only errors, because functions log their own requests. */
const log = {
  debug: ignore,
  error: console.error,
  info: ignore,
  notice: ignore,
  verbose: ignore,
  warning: ignore,
};
