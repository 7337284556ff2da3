import type { Sha256 } from "../../domain/hash-chain.ts";
import type { Integration, IntegrationActivity } from "../../domain/integrations/integration.ts";
import type { ServiceDeps } from "../oncall/services/put-service.ts";
import type { IntegrationActivityStore, IntegrationStore } from "../ports/integrations.ts";
import type { MakeSecret } from "../ports/system.ts";

export interface IntegrationDeps {
  readonly integrations: IntegrationStore;
}

/** Dependencies of changes to integrations, which belong to the owner of their service. */
export interface ChangeIntegrationDeps extends IntegrationDeps, ServiceDeps {}

export interface ActivityDeps {
  readonly activity: IntegrationActivityStore;
}

/** An integration and its activity. */
export interface WithActivity {
  readonly integration: Integration;
  readonly activity: IntegrationActivity;
}

export interface MakingDeps extends ChangeIntegrationDeps {
  /** 128 random bits in lower-case hex. */
  readonly makeKey: MakeSecret;
  readonly sha256: Sha256;
}

/** The integration with its key, which is shown only once. */
export interface WithKey extends WithActivity {
  readonly key: string;
}
