import { describe, expect, test } from "vitest";
import { anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import { consoleChannel } from "../console.client.ts";
import { type ChatService, chatChannel } from "./chat.ts";
import { type Destinations, readDestinations } from "./destinations.ts";

const service: ChatService = { payloadOf: () => ({}), success: { texts: ["ok"] } };
const none: Destinations = { fallback: null, named: new Map() };

/** Returns the URLs that messages to an address are posted to. */
async function destinationsOf(items: readonly string[], address: string) {
  const urls: string[] = [];
  const http = {
    async post({ url }: { readonly url: string }) {
      urls.push(url);
      return { status: 200, headers: {}, body: "ok" };
    },
  };
  const simulated = consoleChannel(() => undefined, { channel: "slack", setting: "SLACK_WEBHOOK_URL" });
  const chat = { http, destinations: readDestinations(items) ?? none, simulated };
  const receipt = await chatChannel(chat, service).deliver(anOutgoingMessage({ address }));
  return { urls, ...receipt };
}

describe("an address in a chat", () => {
  const items = ["https://hooks.example.com/all", "#Payments=https://hooks.example.com/payments?a=b=c"];

  test.each([
    { address: "#payments", url: "https://hooks.example.com/payments?a=b=c" },
    { address: " #PAYMENTS ", url: "https://hooks.example.com/payments?a=b=c" },
    { address: "#search", url: "https://hooks.example.com/all" },
    { address: "https://hooks.example.com/own", url: "https://hooks.example.com/own" },
  ])("$address leads to $url", async ({ address, url }) => {
    expect((await destinationsOf(items, address)).urls).toEqual([url]);
  });

  test("that is a name is printed to the console while nothing is set; a URL is real", async () => {
    expect(await destinationsOf([], "#payments")).toEqual({
      urls: [],
      simulated: true,
      detail: "slack is not configured: set SLACK_WEBHOOK_URL",
    });
    expect((await destinationsOf([], "https://hooks.example.com/own")).urls).toHaveLength(1);
  });

  test("without a setting, nor a default one, has no destination", async () => {
    await expect(destinationsOf(items.slice(1), "#search")).rejects.toThrow(PermanentFailure);
  });
});

describe("a list of destinations", () => {
  test.each([
    "hooks.example.com",
    "#payments=hooks.example.com",
    "=https://a.example",
    "ftp://a.example",
    "https://",
  ])("with %s in it is none", (item) => {
    expect(readDestinations(["https://hooks.example.com/all", item])).toBeUndefined();
  });
});
