import { expect } from "vitest";
import type { Driver } from "./driver.ts";

/** Provisions people and a group as an identity provider does, and deletes them. */
export async function driveScim({ send, sendTo, createKey }: Driver): Promise<void> {
  const authorization = `Bearer ${await createKey()}`;
  const ask = async (method: string, path: string, body?: unknown): Promise<{ id: string }> => {
    const [pathname = "", query = ""] = `/scim/v2${path}`.split("?");
    const request = { method, path: pathname, query, headers: { authorization }, body };
    const { status, text } = await sendTo("serve-scim", request);
    expect(status, `${method} ${path}: ${text}`).toBeLessThan(300);
    return text === "" ? { id: "" } : JSON.parse(text);
  };
  const email = "eve@example.com";
  const user = await ask("POST", "/Users", { userName: email, externalId: "00u1" });
  const group = await ask("POST", "/Groups", { displayName: "SRE", members: [{ value: user.id }] });
  await ask("GET", "/Users");
  await ask("GET", "/Users?filter=externalId%20eq%20%2200u1%22");
  await ask("PATCH", `/Users/${user.id}`, { Operations: [{ op: "replace", value: { active: false } }] });
  await ask("PUT", `/Groups/${group.id}`, { displayName: "Operations", members: [{ value: user.id }] });
  await ask("DELETE", `/Groups/${group.id}`);
  await ask("DELETE", `/Users/${user.id}`);
  await ask("POST", "/Users", { userName: email });
  await send("forget-user", { params: { email } });
}
