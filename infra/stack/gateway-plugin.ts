import { completeGateway, type Resource } from "./gateway-routes.ts";

interface Serverless {
  readonly service: {
    readonly provider: {
      readonly compiledCloudFormationTemplate: { readonly Resources: Record<string, Resource> };
    };
  };
}

/** Plugin of the serverless CLI that completes the stack before it is written. */
export default class GatewayPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor({ service }: Serverless) {
    this.hooks = {
      "after:aws:package:finalize:mergeCustomProviderResources": () =>
        completeGateway(service.provider.compiledCloudFormationTemplate.Resources),
    };
  }
}
