import fc from "fast-check";
import twilio from "twilio";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { isSentByTwilio } from "./twilio-signature.ts";

const token = "12345";
const url = "https://oncall.example.com/twilio/sms";

const isSent = (
  signature: string | null,
  form: URLSearchParams,
  { at = url, secret = token }: { readonly at?: string; readonly secret?: string } = {},
) =>
  isSentByTwilio(
    new Headers(signature === null ? {} : { "x-twilio-signature": signature }),
    at,
    form,
    secret,
  );

const valuesOf = (form: URLSearchParams) =>
  Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));

describe("a signature", () => {
  test("of Twilio's own library is valid, for any form", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText(), anyText())), (entries) => {
        const form = new URLSearchParams(entries.filter(([name]) => name !== "__proto__"));
        const signature = twilio.getExpectedTwilioSignature(token, url, valuesOf(form));
        expect(isSent(signature, form)).toBe(true);
      }),
    );
  });

  test.each([
    ["https://oncall.example.com:443/twilio/sms", url],
    [url, "https://oncall.example.com:443/twilio/sms"],
    ["http://localhost:8080/twilio/status?id=ntf_1", "http://localhost:8080/twilio/status?id=ntf_1"],
    ["http://localhost/twilio/status?id=ntf_1", "http://localhost:8080/twilio/status?id=ntf_1"],
  ])("of %s is valid at %s, as in Twilio's own library", (signed, at) => {
    const form = new URLSearchParams({ Body: "ack 12", From: "+4915112345678" });
    const values = Object.fromEntries(form);
    const signature = twilio.getExpectedTwilioSignature(token, signed, values);
    expect(twilio.validateRequest(token, signature, at, values)).toBe(true);
    expect(isSent(signature, form, { at })).toBe(true);
  });

  test("of another URL, form or token, or none at all, is invalid", () => {
    const form = new URLSearchParams({ Body: "ack 12", From: "+4915112345678" });
    const signature = twilio.getExpectedTwilioSignature(token, url, Object.fromEntries(form));
    expect(isSent(signature, form)).toBe(true);
    expect(isSent(signature, form, { at: `${url}?id=1` })).toBe(false);
    expect(isSent(signature, form, { at: "http://oncall.example.com/twilio/sms" })).toBe(false);
    expect(isSent(signature, form, { at: "" })).toBe(false);
    expect(isSent(signature, new URLSearchParams({ Body: "res 12", From: "+4915112345678" }))).toBe(false);
    expect(isSent(signature, form, { secret: "other" })).toBe(false);
    expect(isSent(null, form)).toBe(false);
    expect(isSent("", form)).toBe(false);
    const unsigned = twilio.getExpectedTwilioSignature("", url, Object.fromEntries(form));
    expect(isSent(unsigned, form, { secret: "" })).toBe(false);
  });
});
