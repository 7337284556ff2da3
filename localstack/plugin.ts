/** Makes `serverless offline start` run the whole platform. For other commands, nothing is loaded. */

import type { Foundation, Service } from "./platform/platform.ts";
import type { Child } from "./processes/child.ts";

interface Serverless {
  readonly service: Service;
  readonly pluginManager: { readonly plugins: readonly object[] };
}

/** serverless-offline: closes its servers, with `true` without ending the process. */
interface Gateway {
  end(skipExit: true): Promise<void>;
}

export default class LocalPlatform {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless) {
    const { service, pluginManager } = serverless;
    let foundation: Foundation;
    let starting: Promise<readonly Child[]>;
    let children: readonly Child[];

    this.hooks = {
      "before:offline:start:init": async () => {
        const platform = await import("./platform/platform.ts");
        const { exitOnProblem } = await import("../infra/problem.ts");
        const { correctGateway } = await import("./gateway/gateway.ts");
        await correctGateway();
        foundation = await platform.prepareFoundation().catch(exitOnProblem);
        const lookup = await platform.prepare(service, foundation).catch(foundation.fail);
        // They start in parallel with the gateway.
        starting = Promise.all([
          platform.startWorker(service, lookup, foundation),
          ...(foundation.settings.exporter ? [platform.startExporter(foundation)] : []),
        ]);
        starting.catch(foundation.fail);
      },
      "after:offline:start:init": async () => {
        children = await starting;
        const [platform, { announcement }, { noteStart }] = await Promise.all([
          import("./platform/platform.ts"),
          import("./platform/announce.ts"),
          import("./platform/note-start.ts"),
        ]);
        await noteStart(process.env.TABLE_NAME ?? "").catch(foundation.fail);
        const firstKey = await platform.makeFirstKey().catch(foundation.fail);
        foundation.serve(announcement(foundation, firstKey), stop);
      },
      "before:offline:start:end": () => stop(),
    };

    let stopping: Promise<void> | undefined;
    /** Stops consumers and gateway first, because they need the emulators to finish. */
    function stop(): Promise<void> {
      stopping ??= stopInOrder();
      return stopping;
    }

    async function stopInOrder(): Promise<void> {
      const gateway = pluginManager.plugins.find((plugin) => plugin.constructor.name === "ServerlessOffline");
      await Promise.all([...children.map((child) => child.stop()), (gateway as Gateway).end(true)]);
      await foundation.emulators.stop();
      process.exit(0);
    }
  }
}
