import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { readTextCommand, type TextCommand } from "./text-command.ts";

const acknowledge = (number: number | null) => ({ kind: "acknowledge", number }) as const;
const resolve = (number: number | null) => ({ kind: "resolve", number }) as const;
const escalate = (number: number | null) => ({ kind: "escalate", number }) as const;
const who = (fields: Partial<TextCommand & { kind: "who" }> = {}) => ({
  kind: "who",
  number: null,
  team: null,
  ...fields,
});
const help = { kind: "help" } as const;
const unknown = { kind: "unknown" } as const;

describe("a text", () => {
  test.each([
    ["ack 12", acknowledge(12)],
    ["12", acknowledge(12)],
    ["#12", acknowledge(12)],
    ["ack", acknowledge(null)],
    ["Ack.", acknowledge(null)],
    ["ACK #12!", acknowledge(12)],
    ["ack12", acknowledge(12)],
    ["ack#12", acknowledge(12)],
    ["12 ack", acknowledge(12)],
    ["ack: 12", acknowledge(12)],
    ["Please acknowledge incident #12, thanks", acknowledge(12)],
    ["\n  ack 12\n\nOn Monday, On-call wrote:\n> #12 down", acknowledge(12)],
    ["ack 12\r\nSent from my phone", acknowledge(12)],
    ["ａｃｋ １２", acknowledge(12)],
    ["/ack 12", acknowledge(12)],
    ["/ack@oncall_bot 12", acknowledge(12)],
    ["res 12", resolve(12)],
    ["resolve", resolve(null)],
    ["Resolved #7.", resolve(7)],
    ["esc 12", escalate(12)],
    ["Escalate!", escalate(null)],
    ["who", who()],
    ["Who?", who()],
    ["who 12", who({ number: 12 })],
    ["who is on call for payments?", who({ team: "payments" })],
    ["/who Core Team", who({ team: "core team" })],
    ["help", help],
    ["HELP!", help],
    ["/help", help],
  ] as const)("%j is a command", (text, command) => {
    expect(readTextCommand(text)).toEqual(command);
  });

  test.each([
    "",
    "  \n ",
    "?",
    "I can't ack 12 yet",
    "do not resolve",
    "ack 12 13",
    "ack res 12",
    "12 is still broken",
    "resolve 12 when the deployment is done",
    "acknowledgement",
    "constructor",
    "__proto__ 12",
    "ack 1234567890123456",
    `ack${" ".repeat(100)}12`,
    "STOP",
  ])("%j is no command", (text) => {
    expect(readTextCommand(text)).toEqual(unknown);
  });

  test("of any kind is read, and reading it again in other case changes nothing", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(readTextCommand(text)).toEqual(readTextCommand(text));
      }),
    );
    const verb = fc.constantFrom("ack", "res", "esc");
    const around = fc.constantFrom("", " ", ".", "!", " please", ", thanks");
    fc.assert(
      fc.property(verb, fc.nat(99_999), around, fc.boolean(), (word, number, end, upper) => {
        const line = `${word} #${number}${end}`;
        expect(readTextCommand(upper ? line.toUpperCase() : line)).toEqual(
          readTextCommand(`${word} ${number}`),
        );
      }),
    );
  });
});
