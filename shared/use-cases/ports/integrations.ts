/** Stores of inbound integrations. */
import type {
  Integration,
  IntegrationActivity,
  IntegrationError,
} from "../../domain/integrations/integration.ts";
import type { Page, PageRequest } from "./page.ts";

export interface IntegrationStore {
  create(integration: Integration): Promise<void>;
  find(id: string): Promise<Integration | undefined>;
  /** One read, whether there is one or not. */
  findByDigest(digest: string): Promise<Integration | undefined>;
  list(page: PageRequest): Promise<Page<Integration>>;
  /**
   * Stores one with another key; the old one opens nothing from now on.
   * @returns the integration with its new version
   * @throws StaleVersion
   */
  rotate(known: Integration, changed: Integration): Promise<Integration>;
  /** @throws StaleVersion */
  remove(known: Integration): Promise<void>;
}

export interface IntegrationActivityStore {
  /** Adds to what was counted before. @throws StaleVersion */
  add(activity: IntegrationActivity): Promise<void>;
  /** By id, of those of which anything ever came. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, IntegrationActivity>>;
  forget(id: string): Promise<void>;
  appendError(error: IntegrationError): Promise<void>;
  /** Newest first, at most `limits.integrationErrors`. */
  latestErrors(id: string): Promise<readonly IntegrationError[]>;
}

/** Writes down what comes in through integrations. No request fails for it. */
export interface ActivityKeeper {
  countEvents(integrationId: string, events: number): Promise<void>;
  /** Counts an error, and keeps it unless the integration had very many within a minute. */
  keepError(
    error: Omit<IntegrationError, "id" | "at" | "excerpt"> & { readonly body: string },
  ): Promise<void>;
}

/** A text that an integration keeps for a while; `until` is epoch milliseconds. */
export interface Remembered {
  readonly integrationId: string;
  readonly name: string;
  readonly text: string;
  readonly until: number;
}

export interface IntegrationMemory {
  remember(remembered: Remembered): Promise<void>;
  recall(integrationId: string, name: string): Promise<string | undefined>;
}
