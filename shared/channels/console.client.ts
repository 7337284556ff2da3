import * as z from "zod";
import { contentOf } from "../domain/notifications/message-content.ts";
import type { NotificationKind } from "../domain/notifications/notification.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Channel, ChannelClient } from "./channel-type.ts";
import { actionsOf, messageFields, plainSection, sectionsOf } from "./message/message-fields.ts";

export const client: ChannelClient = {
  settings: () => z.object({}),
  create: (_, { printed }) => printed(),
};

/**
 * Prints messages in readable form. Replaces every channel that is not configured.
 *
 * @param print receives the finished text
 * @param standsInFor the simulated channel and the setting that would enable it
 */
export function consoleChannel(
  print: (text: string) => void,
  standsInFor?: { readonly channel: string; readonly setting: string },
): Channel {
  return {
    async deliver(message) {
      print(render(message, standsInFor?.channel ?? message.notification.channel));
      return {
        simulated: true,
        detail: standsInFor
          ? `${standsInFor.channel} is not configured: set ${standsInFor.setting}`
          : "printed to the console",
      };
    },
  };
}

const words: Readonly<Record<NotificationKind, string>> = {
  page: "PAGE",
  bundle: "PAGES",
  announcement: "TEAM",
  handoff: "HANDOFF",
  digest: "DIGEST",
  message: "MESSAGE",
  verification: "CODE",
  drill: "DRILL",
};

function render(outgoing: OutgoingMessage, via: string): string {
  const { id, kind, severity, recipient, message, incidentId } = outgoing.notification;
  const { description } = contentOf(outgoing);
  const next = messageFields(outgoing).filter(({ name }) => name === "Urgency" || name === "Next");
  const context = [
    ...description.split("\n").filter((line) => line.trim() !== ""),
    ...sectionsOf(outgoing).flatMap((section) => plainSection(section).split("\n")),
    ...next.map(({ name, value }) => `${name}: ${value}`),
  ];
  const heading = `${words[kind]}  ${(severity ?? "info").toUpperCase()}  to ${recipient} by ${via}`;
  const links = actionsOf(outgoing).map(({ label, url }) => `${label.padEnd(11)}  ${url}`);
  const lines = [
    `┌─ ${heading}`,
    ...[...message.split("\n"), ...context, ...links].map((line) => `│  ${line}`),
    `└─ ${incidentId ?? id}`,
  ];
  return ["", ...lines.map(printable), ""].join("\n");
}

/** Removes control sequences, so that a message cannot manipulate the terminal. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, "�").toWellFormed();
}
