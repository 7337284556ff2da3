/** Parameters of the parameter store that each function may read. */
import { afterEach, expect, test, vi } from "vitest";
import { channelSettingNames } from "./channel-settings.ts";
import { findFunctions } from "./functions.ts";
import { roleId } from "./logical-ids.ts";
import { acceptsPeople } from "./permissions.ts";

afterEach(() => vi.unstubAllEnvs());

/** Functions that read other parameters than that of SIGNING_SECRET for the sessions of people. */
const expected: Readonly<Record<string, readonly string[]>> = {
  deliverNotification: ["SIGNING_SECRET", ...channelSettingNames],
  startSignIn: ["SIGNING_SECRET"],
  finishSignIn: ["SIGNING_SECRET", "OIDC_CLIENT_SECRET"],
  signOutAtProvider: ["SIGNING_SECRET"],
  showLink: ["SIGNING_SECRET"],
  followLink: ["SIGNING_SECRET"],
  receiveReceipt: ["SIGNING_SECRET"],
  receiveChatAction: ["SIGNING_SECRET"],
  receiveEmailReply: ["SIGNING_SECRET"],
  receiveCall: ["SIGNING_SECRET", "TWILIO_AUTH_TOKEN"],
  receiveVonageCall: ["SIGNING_SECRET", "VONAGE_SIGNATURE_SECRET"],
  receiveSms: ["TWILIO_AUTH_TOKEN"],
  receiveDeliveryReport: ["TWILIO_AUTH_TOKEN"],
  receiveSlackAction: ["SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"],
  receiveTelegramUpdate: ["TELEGRAM_WEBHOOK_SECRET"],
};
const settings = [...new Set(Object.values(expected).flat())];

/** Statements of each function's role that permit actions of a service, in a deployment with these settings. */
async function statementsWith(environment: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  const { roles } = await import("./per-function.ts");
  const found = await findFunctions(process.cwd());
  return found.map((each) => {
    const role = roles.Resources[roleId(each.name)] as Role;
    const statements = role.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const reading = statements.filter(({ Action }) => Action.some((action) => /^(ssm|kms):/.test(action)));
    return { each, reading };
  });
}

interface Role {
  readonly Properties: {
    readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
  };
}
interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly object[];
}

const arnOf = (name: string) => {
  const parts = ["Partition", "Region", "AccountId"].map((part) => ({ Ref: `AWS::${part}` }));
  return { "Fn::Join": ["", ["arn:", parts[0], ":ssm:", parts[1], ":", parts[2], `:parameter${name}`]] };
};

test("each function may read exactly the parameters of its own settings", async () => {
  const parameters = Object.fromEntries(settings.map((name) => [name, `ssm:/platform/${name}`]));
  const may: Record<string, unknown> = {};
  const should: Record<string, unknown> = {};
  for (const { each, reading } of await statementsWith(parameters)) {
    const names = expected[each.name] ?? (acceptsPeople(each) ? ["SIGNING_SECRET"] : []);
    should[each.name] =
      names.length === 0 ? [] : [["ssm:GetParameters"], names.map((name) => arnOf(`/platform/${name}`))];
    may[each.name] = reading.flatMap(({ Action, Resource }) => [Action, Resource]);
  }
  expect(may).toEqual(should);
  expect(should).toMatchObject({ receiveAlerts: [], correlateAlerts: [], serveScim: [], sealAuditLog: [] });
});

test("a parameter of several settings, a version and a label are one resource", async () => {
  const parameter = "ssm:/shared/twilio";
  const found = await statementsWith({ TWILIO_AUTH_TOKEN: `${parameter}:3`, TWILIO_ACCOUNT_SID: parameter });
  const deliver = found.find(({ each }) => each.name === "deliverNotification");
  expect(deliver?.reading).toEqual([
    { Effect: "Allow", Action: ["ssm:GetParameters"], Resource: [arnOf("/shared/twilio")] },
  ]);
});

test("values that are no parameters need no permission", async () => {
  const values = Object.fromEntries(settings.map((name) => [name, "value"]));
  expect((await statementsWith(values)).filter(({ reading }) => reading.length > 0)).toEqual([]);
});
