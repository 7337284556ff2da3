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
  /** Takes one read, whether the integration exists or not. */
  findByDigest(digest: string): Promise<Integration | undefined>;
  list(page: PageRequest): Promise<Page<Integration>>;
  /**
   * Stores an integration with a new key. The old key stops working.
   * @returns the integration with its new version
   * @throws StaleVersion
   */
  rotate(known: Integration, changed: Integration): Promise<Integration>;
  /**
   * Stores an integration that keeps its key.
   * @returns the integration with its new version
   * @throws StaleVersion
   */
  update(known: Integration, changed: Integration): Promise<Integration>;
  /** @throws StaleVersion */
  remove(known: Integration): Promise<void>;
}

export interface IntegrationActivityStore {
  /** Adds to the stored counts. @throws StaleVersion */
  add(activity: IntegrationActivity): Promise<void>;
  /** Returns activity by ID, for integrations that received anything. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, IntegrationActivity>>;
  forget(id: string): Promise<void>;
  appendError(error: IntegrationError): Promise<void>;
  /** Returns errors, newest first, at most `limits.integrationErrors`. */
  latestErrors(id: string): Promise<readonly IntegrationError[]>;
}

/** Records the activity of integrations. Never fails a request. */
export interface ActivityRecorder {
  countEvents(integrationId: string, events: number): Promise<void>;
  /** Counts an error and stores it, unless the integration had too many within a minute. */
  keepError(
    error: Omit<IntegrationError, "id" | "at" | "excerpt"> & { readonly body: string },
  ): Promise<void>;
}

/** A text stored for an integration; `until` is epoch milliseconds. */
export interface MemoryEntry {
  readonly integrationId: string;
  readonly name: string;
  readonly text: string;
  readonly until: number;
}

export interface IntegrationMemory {
  remember(entry: MemoryEntry): Promise<void>;
  recall(integrationId: string, name: string): Promise<string | undefined>;
}
