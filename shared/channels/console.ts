import type { Notification } from "../domain/notification.ts";
import type { Channel } from "../use-cases/ports.ts";

/**
 * Shows a message as a person would read it; stands in for every channel that is not configured.
 *
 * @param print takes the finished text
 * @param standsInFor the channel that is simulated, and the setting that would make it real
 */
export function consoleChannel(
  print: (text: string) => void,
  standsInFor?: { readonly channel: string; readonly setting: string },
): Channel {
  return {
    async deliver(notification) {
      print(render(notification, standsInFor?.channel ?? "console"));
      return {
        detail: standsInFor
          ? `shown on the console: ${standsInFor.setting} is not set, ${standsInFor.channel} is simulated`
          : "shown on the console",
      };
    },
  };
}

function render({ severity, channel, recipient, message, incidentId }: Notification, via: string): string {
  const heading = `PAGE  ${(severity ?? "info").toUpperCase()}  to ${recipient} by ${via === "console" ? channel : via}`;
  const lines = [`┌─ ${heading}`, ...message.split("\n").map((line) => `│  ${line}`), `└─ ${incidentId}`];
  return ["", ...lines.map(printable), ""].join("\n");
}

/** What somebody sent must not steer the terminal that shows it. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, "�");
}
