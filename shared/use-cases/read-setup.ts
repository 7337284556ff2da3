import type { UserStore } from "./ports/access.ts";
import type { IntegrationStore } from "./ports/integrations.ts";
import type { NotificationStore } from "./ports/notifications.ts";

interface Deps {
  readonly users: Pick<UserStore, "list">;
  readonly integrations: Pick<IntegrationStore, "list">;
  readonly notifications: Pick<NotificationStore, "list">;
}

/** Parts of the setup that a new platform has already. */
export interface Setup {
  readonly user: boolean;
  readonly integration: boolean;
  /** True if a message left the platform and was not just printed. */
  readonly deliveredPage: boolean;
  /** Channels of the latest messages that were printed, because no provider is configured. */
  readonly simulatedChannels: readonly string[];
}

/** Latest notifications that tell whether channels work. */
const examined = 10;
const one = { limit: 1, after: null };

/** Reads how far a platform is set up: at most seven read units. */
export async function readSetup({ users, integrations, notifications }: Deps): Promise<Setup> {
  const [someUsers, someIntegrations, latest] = await Promise.all([
    users.list(one),
    integrations.list(one),
    notifications.list({ status: "sent" }, { limit: examined, after: null }),
  ]);
  const sent = latest.items;
  const simulated = sent.filter(
    (notification) => notification.simulated && notification.channel !== "console",
  );
  return {
    user: someUsers.items.length > 0,
    integration: someIntegrations.items.length > 0,
    deliveredPage: sent.some((notification) => !notification.simulated && notification.channel !== "console"),
    simulatedChannels: [...new Set(simulated.map(({ channel }) => channel))],
  };
}
