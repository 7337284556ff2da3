import { describe, expect, test } from "vitest";
import { httpChannelSuite } from "../../tests/support/channel-suite.ts";
import { anOutgoingMessage, someLinks } from "../../tests/support/outgoing-message.ts";
import { chatChannel } from "./chat.ts";
import { consoleChannel } from "./console.ts";
import { teamsPayload } from "./teams.ts";

const query = "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=signatureSIGNATURE";

describe("Teams", () => {
  httpChannelSuite({
    make(http, url) {
      const named = new Map([["payments", `${url}/workflows/workflowWORKFLOW/triggers${query}`]]);
      const chat = {
        http,
        destinations: { fallback: null, named },
        simulated: consoleChannel(() => undefined),
      };
      return { channel: chatChannel(chat, teamsPayload), address: "Payments" };
    },
    accepted: { answer: { status: 202 }, detail: "202" },
    secrets: ["workflowWORKFLOW", "signatureSIGNATURE", "sp=%2Ftriggers"],
    maxBytes: 28_000,
  });
});

describe("a message in Teams", () => {
  test("is an adaptive card with the facts and a link a button", () => {
    const { type, attachments } = teamsPayload(anOutgoingMessage());
    expect(type).toBe("message");
    expect(attachments).toHaveLength(1);
    const [card] = attachments;
    expect(card).toMatchObject({
      contentType: "application/vnd.microsoft.card.adaptive",
      contentUrl: null,
      content: {
        type: "AdaptiveCard",
        body: [
          { inlines: [{ text: "#1 error rate over 5 %", weight: "bolder" }] },
          { inlines: [{ text: "since five minutes" }] },
          { inlines: [{ text: "Service: " }, { text: "checkout" }] },
          { inlines: [{ text: "Team: " }, { text: "payments" }] },
          { inlines: [{ text: "Severity: " }, { text: "critical" }] },
          { inlines: [{ text: "Status: " }, { text: "open" }] },
        ],
        actions: [
          { type: "Action.OpenUrl", title: "Acknowledge", url: someLinks.acknowledge },
          { type: "Action.OpenUrl", title: "Resolve", url: someLinks.resolve },
          { type: "Action.OpenUrl", title: "View", url: someLinks.view },
        ],
      },
    });
  });

  test("is of text runs, which know no Markdown", () => {
    const [card] = teamsPayload(anOutgoingMessage({ message: "[bank](https://evil.example)" })).attachments;
    expect(card?.content.body.every(({ type }) => type === "RichTextBlock")).toBe(true);
  });
});
