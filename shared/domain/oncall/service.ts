import type { UrgencySetting } from "../incidents/urgency.ts";
import type { Link } from "../link.ts";

/** Settings of a service that its incidents keep from when they opened. */
export interface ServiceSettings {
  /** Seconds without alerts after which an incident resolves automatically; null for never. */
  readonly autoResolveSeconds: number | null;
  /** Seconds after which an acknowledged incident is open again; null or absent for never. */
  readonly acknowledgementTimeoutSeconds?: number | null;
}

export const defaultServiceSettings: ServiceSettings = { autoResolveSeconds: null };

/** A monitored service, its owner team and its settings. */
export interface Service extends ServiceSettings {
  readonly name: string;
  readonly team: string;
  readonly acknowledgementTimeoutSeconds: number | null;
  /** A web address. */
  readonly runbookUrl: string | null;
  readonly links: readonly Link[];
  readonly description: string | null;
  readonly urgency: UrgencySetting;
  readonly updatedAt: number;
}

/** Everything of a new service but its name, its team and the time. */
export const newService = {
  ...defaultServiceSettings,
  acknowledgementTimeoutSeconds: null,
  runbookUrl: null,
  links: [],
  description: null,
  urgency: "high",
} as const satisfies Omit<Service, "name" | "team" | "updatedAt">;

/** Returns the team that owns a service. One without settings belongs to the team of its name. */
export function ownerOf(name: string, service: Pick<Service, "team"> | undefined): string {
  return service?.team ?? name;
}

/** Returns the settings in an object that has more, such as a service. Incidents don't store what most services lack. */
export function serviceSettingsOf(owner: ServiceSettings): ServiceSettings {
  const { autoResolveSeconds, acknowledgementTimeoutSeconds } = owner;
  return {
    autoResolveSeconds,
    ...(typeof acknowledgementTimeoutSeconds === "number" && { acknowledgementTimeoutSeconds }),
  };
}

/** Returns the links of a service, its runbook first. */
export function linksOfService({ runbookUrl, links }: Pick<Service, "runbookUrl" | "links">): Link[] {
  return runbookUrl === null ? [...links] : [{ text: "Runbook", href: runbookUrl }, ...links];
}
