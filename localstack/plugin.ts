/** Makes `serverless offline start` run the whole platform. For other commands, nothing is loaded. */
import { RESOLVE_ONLY } from "./service/resolve-only.ts";
import type { Service } from "./service/service.ts";

interface Serverless {
  readonly service: Service & { readonly configValidationMode?: string; validate(): Promise<unknown> };
}

export default class LocalPlatform {
  readonly hooks: Readonly<Record<string, () => Promise<unknown>>>;

  constructor({ service }: Serverless) {
    // The CLI validates in this mode too, which is a third of its work, and ignores the result.
    if (service.configValidationMode === "off") service.validate = async () => {};
    this.hooks = {
      "before:offline:start:init": async () => {
        await (RESOLVE_ONLY in process.env ? handOver(service) : import("./start.ts"));
        return new Promise(() => {}); // The CLI has nothing else to do. Its process ends by itself or by a signal.
      },
    };
  }
}

/** Answers a start, which serves with serverless-offline but without the CLI. */
async function handOver(service: Service): Promise<void> {
  const [{ answer }, { partsOf }] = await Promise.all([
    import("./processes/helper.ts"),
    import("./service/service.ts"),
  ]);
  await answer(() => partsOf(service));
}
