/** Browsers in which people have enabled push. */
import type { ContactMethod } from "../notifications/notification.ts";
import { freshMethodId, type User } from "./contact.ts";

/** A browser's subscription at its push service. */
export interface PushDevice {
  /** `psh_` and a digest of the endpoint: a browser that subscribes again stays the same device. */
  readonly id: string;
  /** Secret URL at the push service. */
  readonly endpoint: string;
  /** Public key of the browser, in base64url. */
  readonly p256dh: string;
  /** Secret that it shares with the platform, in base64url. */
  readonly auth: string;
  /** `Firefox on Android` */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** Subscription as a browser sends it, with the name of the device. */
export type PushSubscription = Pick<PushDevice, "endpoint" | "p256dh" | "auth" | "name">;

export interface PushDevices {
  readonly email: string;
  /** Oldest first. */
  readonly devices: readonly PushDevice[];
  /** 0 if none were ever stored. */
  readonly version: number;
}

/** Adds a device, or replaces the one with its ID. */
export function withDevice({ devices, ...rest }: PushDevices, added: PushDevice): PushDevices {
  const known = devices.some(({ id }) => id === added.id);
  const replaced = devices.map((each) => (each.id === added.id ? added : each));
  return { ...rest, devices: known ? replaced : [...devices, added] };
}

export function withoutDevice({ devices, ...rest }: PushDevices, id: string): PushDevices {
  return { ...rest, devices: devices.filter((each) => each.id !== id) };
}

/** Contact method that reaches all devices of a person. */
export function pushMethodOf({ email, contactMethods }: User): ContactMethod {
  return { id: freshMethodId(contactMethods, "push"), channel: "push", address: email };
}

export function hasPushMethod({ email, contactMethods }: User): boolean {
  return contactMethods.some(({ channel, address }) => channel === "push" && address === email);
}
