/** Settings of a service that its incidents keep from when they opened. */
export interface ServiceSettings {
  /** Seconds without alerts after which an incident resolves automatically; null for never. */
  readonly autoResolveSeconds: number | null;
}

export const defaultServiceSettings: ServiceSettings = { autoResolveSeconds: null };

/** A monitored service, its owner team and its settings. */
export interface Service extends ServiceSettings {
  readonly name: string;
  readonly team: string;
  readonly updatedAt: number;
}

/** Returns the settings in an object that has more, such as a service. */
export function serviceSettingsOf(owner: ServiceSettings): ServiceSettings {
  const { autoResolveSeconds } = owner;
  return { autoResolveSeconds };
}
