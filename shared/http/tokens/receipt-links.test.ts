import { expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { limits } from "../../domain/limits.ts";
import { LinkExpired, NoSuchPath } from "../errors.ts";
import { signLink } from "./links.ts";
import { openReceipt, signReceipt } from "./receipt-links.ts";

const secret = "s".repeat(32);
const receipt = {
  notificationId: "ntf_01HZX0000000000000000000AA",
  device: { id: "psh_1", name: "Firefox on Ada's 📱" },
};
const token = signReceipt(receipt, secret, monday);

test("a receipt's token names its notification and its device until it expires, also with an older secret", () => {
  const end = monday + limits.linkSeconds * 1_000;
  expect(openReceipt(token, ["n".repeat(32), secret], end - 1)).toEqual(receipt);
  expect(() => openReceipt(token, [secret], end)).toThrow(LinkExpired);
});

test("a token of another purpose or with any change is refused", () => {
  const link = signLink({ incidentId: "inc_1", action: "view", actor: "ada@example.com" }, secret, monday);
  const changed = token.replace("AA.", "AB.");
  expect(changed).not.toBe(token);
  for (const wrong of [link, changed, `${token}x`, "", "."])
    expect(() => openReceipt(wrong, [secret], monday)).toThrow(NoSuchPath);
});
