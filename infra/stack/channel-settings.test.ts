import { expect, test } from "vitest";
import { channelSettingNames, channelSettings, ownEnvironment } from "./channel-settings.ts";

const variable = (name: string, fallback = "") => [name, `\${env:${name}, '${fallback}'}`];

test("settings of channels have their defaults as a .env file has them", () => {
  expect(channelSettings).toMatchObject(
    Object.fromEntries([
      variable("SMTP_URL"),
      variable("SMTP_FROM", "Incidents <incidents@example.com>"),
      variable("SLACK_WEBHOOK_URL"),
      variable("TWILIO_BASE_URL", "https://api.twilio.com"),
      variable("NTFY_URL"),
      variable("WEBHOOK_SECRETS"),
    ]),
  );
  expect(Object.keys(channelSettings)).toEqual(channelSettingNames);
});

test("only the delivering function has them, and that of Slack's requests those of its bot", () => {
  const { finishSignIn, ...others } = ownEnvironment;
  expect(finishSignIn).toEqual(Object.fromEntries([variable("OIDC_CLIENT_SECRET")]));
  expect(Object.keys(others)).toEqual(["deliverNotification", "receiveSlackAction"]);
  expect(ownEnvironment.receiveSlackAction).toEqual(
    Object.fromEntries([variable("SLACK_BOT_TOKEN"), variable("SLACK_BASE_URL", "https://slack.com")]),
  );
});
