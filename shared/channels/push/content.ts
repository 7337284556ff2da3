/** Messages to the service worker (infra/build/web/sw.js), as JSON. */

import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import { confirmLabel, isConfirmable } from "../../domain/notifications/confirmable.ts";
import { asksForResponse } from "../../domain/notifications/notification.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { clip } from "../../domain/text/clip.ts";
import { detailsOf, headlineOf } from "../message/message-fields.ts";
import { maxPlaintextBytes } from "./encrypt.ts";

interface PushAction {
  /** Value of `do` in the form that is posted to the message's link. */
  readonly action: "acknowledge" | "escalate";
  readonly title: string;
}

/** Shows a notification. */
interface ShowContent {
  readonly show: {
    readonly title: string;
    readonly body: string;
    /** Replaces a notification with the same tag: one per incident. */
    readonly tag: string;
    /** Epoch milliseconds. */
    readonly at: number;
    /** True if it stays on the screen until someone reacts. */
    readonly urgent: boolean;
    /** Signed link of the incident, which also takes the actions. */
    readonly link: string | null;
    readonly actions: readonly PushAction[];
    /** URL to post to when the notification was shown. */
    readonly receipt: string | null;
  };
}

/** Closes a notification, unless it was shown after `at`. */
interface CloseContent {
  readonly close: { readonly tag: string; readonly at: number; readonly text: string };
}

export type PushContent = ShowContent | CloseContent;

const titleLength = 120;
/** Operating systems show a few lines. */
const bodyLength = 500;

/** Returns the tag of a message, which is also its topic: at most 32 characters of base64url (RFC 8030 5.4). */
export function tagOf({ notification: { id, incidentId } }: OutgoingMessage): string {
  const name = incidentId?.slice(idPrefixes.incident.length) ?? id.slice(idPrefixes.notification.length);
  return name.replaceAll(/[^\w-]/g, "").slice(0, 32);
}

export function showContent(message: OutgoingMessage, receipt: string | null): ShowContent {
  const { incident, notification, links, at } = message;
  const about = incident ? `${incident.severity} · ${clip(incident.service, limits.serviceLength)}` : "";
  const lines = [about, detailsOf(message, bodyLength)].filter((line) => line.trim() !== "");
  return {
    show: {
      title: clip(headlineOf(message), titleLength),
      body: clip(lines.join("\n"), bodyLength),
      tag: tagOf(message),
      at,
      urgent: asksForResponse(notification),
      link: links?.view ?? null,
      actions: actionsFor(message),
      receipt,
    },
  };
}

export function closeContent(message: OutgoingMessage): CloseContent {
  const { incident, at } = message;
  const text = incident ? `#${incident.number} ${incident.status}` : "";
  return { close: { tag: tagOf(message), at, text } };
}

/** Returns the content as JSON that fits into one message. */
export function written(content: PushContent): string {
  const text = JSON.stringify(content);
  if (!("show" in content) || Buffer.byteLength(text) <= maxPlaintextBytes) return text;
  const { title, body, ...rest } = content.show;
  // The shortest texts that leave something to read.
  return JSON.stringify({ show: { ...rest, title: clip(title, 60), body: clip(body, 60) } });
}

function actionsFor({ notification, incident, links }: OutgoingMessage): readonly PushAction[] {
  if (links && isConfirmable(notification))
    return [{ action: "acknowledge", title: confirmLabel(notification) }];
  if (notification.kind !== "page" || !incident || !links || incident.status === "resolved") return [];
  const escalate = { action: "escalate", title: "Escalate" } as const;
  const acknowledge = { action: "acknowledge", title: "Acknowledge" } as const;
  return links.acknowledge === null ? [escalate] : [acknowledge, escalate];
}
