import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aFullMessage,
  anOutgoingMessage,
  anyMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { chatChannel } from "./chat/chat.ts";
import { consoleChannel } from "./console.client.ts";
import { googleChat, googleChatPayload } from "./googlechat.client.ts";

const query = "?key=keyKEYkeyKEY&token=tokenTOKENtoken";

describe("Google Chat", () => {
  httpChannelSuite({
    make(http, url) {
      const destinations = { fallback: `${url}/v1/spaces/AAAAspaceSPACE/messages${query}`, named: new Map() };
      const chat = { http, destinations, simulated: consoleChannel(() => undefined) };
      return { channel: chatChannel(chat, googleChat), address: "Payments" };
    },
    accepted: { answer: { status: 200, body: '{"name":"x"}' }, detail: '200 {"name":"x"}' },
    refusals: {
      temporary: {
        "a 200 with a quota": {
          status: 200,
          body: '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}',
        },
      },
      permanent: {
        "a 200 with a missing permission": {
          status: 200,
          body: '{"error":{"code":403,"status":"PERMISSION_DENIED"}}',
        },
      },
    },
    secrets: ["keyKEYkeyKEY", "tokenTOKENtoken"],
    maxBytes: 32_000,
  });
});

describe("a message in Google Chat", () => {
  test("is a card with the headline, the text, fields and links", () => {
    const message = anOutgoingMessage();
    const { id } = message.incident ?? {};
    const opens = (text: string, url: string | null) => ({ text, onClick: { openLink: { url } } });
    const field = (topLabel: string, text: string) => ({ decoratedText: { topLabel, text, wrapText: true } });
    expect(googleChatPayload(message)).toEqual({
      fallbackText: "#1 error rate over 5%",
      thread: { threadKey: id },
      cardsV2: [
        {
          cardId: id,
          card: {
            header: { title: "#1 error rate over 5%" },
            sections: [
              {
                widgets: [
                  { textParagraph: { text: "since five minutes" } },
                  field("Service", "checkout"),
                  field("Team", "payments"),
                  field("Severity", "critical"),
                  field("Status", "open"),
                  {
                    buttonList: {
                      buttons: [
                        opens("Acknowledge", someLinks.acknowledge),
                        opens("Resolve", someLinks.resolve),
                        opens("View", someLinks.view),
                      ],
                    },
                  },
                ],
              },
            ],
          },
        },
      ],
    });
  });

  test("without anything but a headline is a card without sections", () => {
    const [card] = googleChatPayload(
      anOutgoingMessage({ message: "Ada takes over" }, { incident: null, links: null }),
    ).cardsV2;
    expect(card?.card).toEqual({ header: { title: "Ada takes over" } });
  });

  test("shows HTML as text", () => {
    const message = "down\n<a href='https://evil.example'>bank</a> & more";
    expect(JSON.stringify(googleChatPayload(anOutgoingMessage({ message })))).toContain(
      "&lt;a href='https://evil.example'&gt;bank&lt;/a&gt; &amp; more",
    );
  });

  test("lists links, changes and labels", () => {
    const text = JSON.stringify(googleChatPayload(aFullMessage()));
    expect(text).toContain(
      '<b>Links</b><br>• <a href=\\"https://wiki.example.com/checkout\\">Runbook</a><br>• <a href=',
    );
    expect(text).toContain("<b>Labels</b><br>• instance: web-1<br>• region: eu");
  });

  test("of any text is within its size", () => {
    fc.assert(
      fc.property(anyMessage(), (message) => {
        const size = Buffer.byteLength(JSON.stringify(googleChatPayload(message)));
        expect(size).toBeLessThanOrEqual(32_000);
      }),
      { numRuns: 25 },
    );
  });
});
