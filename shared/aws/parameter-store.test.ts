import { describe, expect, test } from "vitest";
import { currentContext, withContext } from "../telemetry/context.ts";
import { secretsLoader } from "./parameter-store.ts";

const store: Readonly<Record<string, string>> = { "/prod/smtp": "smtp://a:b@c", "/prod/sms": "token" };

function setUp(env: Record<string, string>) {
  const asked: (readonly string[])[] = [];
  let failures = 0;
  const load = secretsLoader(env, async (names) => {
    asked.push(names);
    await Promise.resolve();
    if (failures > 0) {
      failures -= 1;
      throw new Error("throttled");
    }
    return new Map(names.flatMap((name) => (store[name] === undefined ? [] : [[name, store[name]]])));
  });
  return {
    env,
    asked,
    load,
    fail() {
      failures += 1;
    },
  };
}

describe("settings in the parameter store", () => {
  test("replace their references; other settings stay and need no request", async () => {
    const { env, asked, load } = setUp({ SMTP_URL: "ssm:/prod/smtp", NTFY_TOKEN: "plain", OTHER: "ssm:/x" });
    await load(["SMTP_URL", "NTFY_TOKEN", "UNSET"]);
    expect(env).toEqual({ SMTP_URL: "smtp://a:b@c", NTFY_TOKEN: "plain", OTHER: "ssm:/x" });
    expect(asked).toEqual([["/prod/smtp"]]);
    await load(["NTFY_TOKEN", "UNSET"]);
    expect(asked).toHaveLength(1);
  });

  test("are asked for once, by however many at a time", async () => {
    const { env, asked, load } = setUp({ SMTP_URL: "ssm:/prod/smtp", SMS: "ssm:/prod/sms" });
    await Promise.all([load(["SMTP_URL"]), load(["SMTP_URL", "SMS"]), load(["SMTP_URL"])]);
    await load(["SMTP_URL", "SMS"]);
    expect(env).toEqual({ SMTP_URL: "smtp://a:b@c", SMS: "token" });
    expect(asked).toEqual([["/prod/smtp"], ["/prod/sms"]]);
  });

  test("that are missing are reported by name, without any value, and none are replaced", async () => {
    const { env, load } = setUp({ SMTP_URL: "ssm:/prod/smtp", SMS: "ssm:/none" });
    await expect(load(["SMTP_URL", "SMS"])).rejects.toThrow("The parameter store has no SMS (/none)");
    expect(env).toEqual({ SMTP_URL: "ssm:/prod/smtp", SMS: "ssm:/none" });
  });

  test("are loaded to the end when the request that asked first is over", async () => {
    const env: Record<string, string> = { SMS: "ssm:/prod/sms" };
    const load = secretsLoader(env, async () => {
      if (currentContext()?.signal?.aborted) throw new Error("cut short");
      return new Map(Object.entries(store));
    });
    const signal = AbortSignal.abort();
    await withContext({ traceparent: "", fields: {}, signal }, () => load(["SMS"]));
    expect(env).toEqual({ SMS: "token" });
  });

  test("are asked for again after a failure", async () => {
    const { env, load, fail } = setUp({ SMTP_URL: "ssm:/prod/smtp" });
    fail();
    await expect(load(["SMTP_URL"])).rejects.toThrow("throttled");
    await load(["SMTP_URL"]);
    expect(env).toEqual({ SMTP_URL: "smtp://a:b@c" });
  });
});
