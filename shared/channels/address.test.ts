import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emailIn } from "../domain/email.ts";
import { limits } from "../domain/limits.ts";
import { addressFault, isRedacted, normalAddress, redactedAddress, unredacted } from "./address.ts";
import { type ChannelName, channelNames } from "./registry.ts";

const slackUrl = "https://hooks.slack.com/services/T000/B000/verysecretWXYZ";
const chats = ["slack", "discord", "teams", "mattermost", "googlechat"] as const;
const addressed = (cases: Readonly<Partial<Record<ChannelName, readonly string[]>>>) =>
  channelNames.flatMap((channel) => (cases[channel] ?? []).map((address) => ({ channel, address })));

describe("an address", () => {
  test.each(
    addressed({
      console: ["ada", "the screen in the hall 🚨", slackUrl],
      email: ["ada@example.com", " Ada+pager@Example.COM "],
      sms: ["+4915112345678", "+49 151 1234-5678", "+123456", "+123456789012345"],
      webhook: ["https://example.com/hook?a=b", "http://127.0.0.1:8080"],
      ntfy: ["alerts", "A_b-9", "https://ntfy.example.com/alerts"],
      slack: ["#payments", "@ada", "payments", "p".repeat(limits.chatNameLength), slackUrl],
      discord: ["🚨".repeat(limits.chatNameLength), "https://discord.com/api/webhooks/1/token"],
      teams: ["Payments on call", "https://example.com/workflows/1?sig=x"],
      telegram: ["42", "-1001234567890", "@payments_oncall"],
    }),
  )("$address is one of $channel", ({ channel, address }) => {
    expect(addressFault(channel, address)).toBeUndefined();
  });

  test.each(
    addressed({
      console: ["", "  "],
      email: ["", "ada", "ada@", "ada@example", "a b@example.com", `${"a".repeat(255)}@example.com`],
      sms: [
        "4915112345678",
        "+12345",
        "+1234567890123456",
        "+0123456",
        "+49(151)12345",
        "++123456",
        "call me",
      ],
      webhook: [
        "example.com/hook",
        "ftp://example.com",
        "javascript:alert(1)",
        "https://",
        "https://user:password@example.com",
        "https://user@example.com",
        "https://example.com/#fragment",
        "https://example.com/a b",
        "/etc/passwd",
      ],
      ntfy: ["", "a topic", "t".repeat(65), "ä", "ftp://example.com", "https://user@example.com"],
      slack: [
        "",
        "n".repeat(limits.chatNameLength + 1),
        "https://",
        "http:example",
        "https://a:b@example.com",
      ],
      discord: ["https://example.com/#fragment"],
      teams: ["HTTPS://user@example.com"],
      telegram: ["", "0", "ada", "@abc", "@1payments", "12a", "https://t.me/payments"],
    }),
  )("$address is none of $channel", ({ channel, address }) => {
    expect(addressFault(channel, address)).toMatch(/^must /);
  });

  test.each(["\r", "\n", "\r\nBcc: eve@example.com", "\u0000", "\u0085", "\u2028", "\u2029", "\ud800"])(
    "with %j in it, or behind it, is one of no channel",
    (character) => {
      const right: Readonly<Partial<Record<ChannelName, string>>> = {
        console: "ada",
        email: "ada@example.com",
        sms: "+4915112345678",
        webhook: "https://example.com/hook",
        ntfy: "alerts",
        slack: "#payments",
        discord: "https://discord.com/api/webhooks/1/token",
        teams: "Payments",
      };
      for (const [channel, address] of Object.entries(right)) {
        expect(addressFault(channel, address), channel).toBeUndefined();
        for (const at of [0, 3, address.length]) {
          const hostile = address.slice(0, at) + character + address.slice(at);
          expect(addressFault(channel, hostile), channel).toBe("must not have control characters");
        }
      }
    },
  );

  test("is the same however it is written", () => {
    expect(normalAddress("email", " Ada@Example.com ")).toBe("ada@example.com");
    expect(normalAddress("sms", " +49 151-1234 5678")).toBe("+4915112345678");
    expect(normalAddress("slack", " #Payments ")).toBe("#Payments");
  });

  test("stays one, and stays the same, once it is normal", () => {
    fc.assert(
      fc.property(fc.constantFrom(...channelNames), fc.string({ unit: "grapheme" }), (channel, address) => {
        fc.pre(addressFault(channel, address) === undefined);
        const normal = normalAddress(channel, address);
        expect(addressFault(channel, normal)).toBeUndefined();
        expect(normalAddress(channel, normal)).toBe(normal);
      }),
    );
  });
});

test("a recipient is a person if it is an email address, which identifies people", () => {
  expect(emailIn(" Ada@Example.com")).toBe("ada@example.com");
  expect(emailIn("ada@example.com\n")).toBeUndefined();
  expect(emailIn("ada")).toBeUndefined();
});

describe("shown", () => {
  test.each(chats)("a URL of %s is its host and the last four characters", (channel) => {
    expect(redactedAddress(channel, slackUrl)).toBe("https://hooks.slack.com/…WXYZ");
    expect(redactedAddress(channel, "https://example.com:8443/a?sig=abcdef")).toBe(
      "https://example.com:8443/…cdef",
    );
    expect(redactedAddress(channel, "https://example.com")).toBe("https://example.com/…");
  });

  test.each(chats)("a name of %s is that name", (channel) => {
    expect(redactedAddress(channel, "#payments")).toBe("#payments");
  });

  test("an address that never was a right one shows nothing of a URL", () => {
    expect(redactedAddress("slack", "https://user:secret@hooks.slack.com/T/abcdefgh")).toBe(
      "https://hooks.slack.com/…efgh",
    );
    expect(redactedAddress("slack", "https://secret secret/")).toBe("…");
  });

  test("addresses of other channels are shown unmasked", () => {
    for (const channel of ["console", "email", "sms", "webhook", "ntfy"] as const) {
      expect(redactedAddress(channel, slackUrl)).toBe(slackUrl);
      expect(isRedacted(channel, "https://hooks.slack.com/…WXYZ")).toBe(false);
    }
  });

  test("a URL shows only the end of its secret, and is recognized as redacted, also when shown again", () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true }),
        fc.stringMatching(/^[\w-]{20}$/),
        (url, secret) => {
          const shown = redactedAddress("slack", `${url}/${secret}`);
          expect(shown).not.toContain(secret.slice(0, -4));
          expect(shown.endsWith(`…${secret.slice(-4)}`)).toBe(true);
          expect(isRedacted("slack", shown)).toBe(true);
          expect(redactedAddress("slack", shown)).toBe(shown);
          expect(addressFault("slack", shown)).toBeUndefined();
        },
      ),
    );
  });
});

describe("an address that comes back as it was shown", () => {
  const stored = { id: "chat", channel: "slack", address: slackUrl } as const;
  const shown = { ...stored, address: redactedAddress("slack", slackUrl) };

  test("is the stored one of the same id", () => {
    expect(unredacted(shown, [{ ...stored, id: "other", address: "#x" }, stored])).toEqual(stored);
  });

  test.each([
    { name: "of another id", known: { ...stored, id: "other" } },
    { name: "of another channel", known: { ...stored, channel: "teams" as const } },
    { name: "that would be shown otherwise", known: { ...stored, address: `${slackUrl}!` } },
  ])("is not one $name", ({ known }) => {
    expect(unredacted(shown, [known])).toEqual(shown);
  });

  test("keeps an unmasked value", () => {
    const whole = { ...stored, address: `${slackUrl}2` };
    expect(unredacted(whole, [stored])).toEqual(whole);
  });
});
