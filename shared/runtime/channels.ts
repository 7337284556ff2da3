import { consoleChannel } from "../channels/console.ts";
import type { ChannelName } from "../domain/notification.ts";
import type { Channel } from "../use-cases/ports.ts";
import { once } from "./once.ts";
import { notifications } from "./stores.ts";
import { clock } from "./world.ts";

const print = (text: string) => void process.stdout.write(`${text}\n`);

/** What is not configured is shown on the console instead. */
const channels: Readonly<Record<ChannelName, Channel>> = {
  console: consoleChannel(print),
  email: consoleChannel(print, { channel: "email", setting: "SMTP_URL" }),
  slack: consoleChannel(print, { channel: "slack", setting: "SLACK_WEBHOOK_URL" }),
  sms: consoleChannel(print, { channel: "sms", setting: "TWILIO_ACCOUNT_SID" }),
  webhook: consoleChannel(print, { channel: "webhook", setting: "a webhook secret" }),
};

export const deliverDeps = /* @__PURE__ */ once(() => ({ notifications: notifications(), channels, clock }));
