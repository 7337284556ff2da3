/**
 * `npm run deploy -- --stage prod`: bundles, packages, checks the template and deploys it to AWS. `--region`
 * overrides AWS_REGION; `--dry-run` stops before AWS. docs/aws.md describes the settings.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { exitOnProblem, Problem } from "../infra/problem.ts";
import { settingFaults } from "../localstack/setting-faults.ts";
import { concurrencyNote, createsTable, tableId } from "./account.ts";
import type { Template } from "./checks/packaged.ts";
import { templateFaults } from "./checks/template.ts";

const root = join(import.meta.dirname, "..");
const packageFolder = ".serverless";

/** Returns why these settings cannot be deployed; undefined if they can. */
export function refusal(stage: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (!stage) return "Needs a stage: npm run deploy -- --stage prod";
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage))
    return `"${stage}" is no stage: small letters, digits and dashes.`;
  if (stage === "local") return "The stage local is for this machine, and open: npm start runs it.";
  if (env.AWS_ENDPOINT_URL)
    return `AWS_ENDPOINT_URL points to ${env.AWS_ENDPOINT_URL}, not to AWS: unset it.`;
  const faults = settingFaults(env);
  return faults.length === 0 ? undefined : `Not deployed. Settings are wrong:\n${faults.join("\n")}`;
}

/** Returns warnings about the settings. */
export function doubts(env: NodeJS.ProcessEnv): string[] {
  return [
    ...(env.API_KEYS ? [] : ["API_KEYS is not set: only keys of the table let anybody in."]),
    ...(env.SIGNING_SECRET ? [] : ["SIGNING_SECRET is not set: pages have no links to acknowledge by."]),
    ...(env.PUBLIC_URL ? [] : ["PUBLIC_URL is not set: messages can't say where the platform is."]),
    ...(env.OPERATORS_EMAIL ? [] : ["OPERATORS_EMAIL is not set: alarms tell nobody."]),
  ];
}

/** Returns the default region of a deployment. */
export function regionOf(env: NodeJS.ProcessEnv): string {
  return env.AWS_REGION || "eu-central-1";
}

async function deploy(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stage: { type: "string" },
      region: { type: "string" },
      "dry-run": { type: "boolean", default: false },
    },
  });
  const reason = refusal(values.stage, process.env);
  if (reason) throw new Problem(reason);
  const region = values.region ?? regionOf(process.env);
  if (!values["dry-run"]) await findCredentials(region);
  for (const doubt of doubts(process.env)) console.warn(`Note: ${doubt}`);

  const target = ["--stage", `${values.stage}`, "--region", region];
  run(process.execPath, ["infra/build/build.ts", "--deploy"]);
  serverless("package", ...target, "--package", packageFolder);
  const file = join(root, packageFolder, "cloudformation-template-update-stack.json");
  const template = JSON.parse(readFileSync(file, "utf8")) as Template;
  const faults = templateFaults(template);
  if (faults.length > 0)
    throw new Problem(`Not deployed. The template has faults:\n  ${faults.join("\n  ")}`);
  if (values["dry-run"])
    return console.log(`Would deploy ${packageFolder}/ as stage ${values.stage}, ${region}.`);

  const isFirst = await lookAtAccount(`incident-platform-${values.stage}`, region, template);
  const upload = () => serverless("deploy", ...target, "--package", packageFolder);
  if (isFirst) {
    protectTable(join(root, packageFolder), false);
    upload();
    protectTable(join(root, packageFolder), true);
    console.log("The table is there; now it is protected from deletion.");
  }
  upload();
  serverless("info", ...target, "--verbose");
  console.log(
    `\nDeployed. Its first key: npm run keys -- create --stage ${values.stage} --name admin --scopes admin`,
  );
  console.log("Does it work? PLATFORM_KEY=… npm run smoke -- <HttpApiUrl>");
}

/** @returns true if the table is to be created @throws Problem if a table with its name exists */
async function lookAtAccount(stack: string, region: string, template: Template): Promise<boolean> {
  const clients = [
    new LambdaClient({ region }),
    new DynamoDBClient({ region }),
    new CloudFormationClient({ region }),
  ] as const;
  const [lambda, dynamodb, cloudFormation] = clients;
  try {
    const note = await concurrencyNote(lambda, template);
    if (note) console.warn(`Note: ${note}`);
    return await createsTable(dynamodb, cloudFormation, stack);
  } finally {
    for (const client of clients) client.destroy();
  }
}

/**
 * Sets the table's deletion protection in a package. During its creation the table must be unprotected, so
 * that CloudFormation can roll it back if something else fails.
 */
export function protectTable(folder: string, isProtected: boolean): void {
  const file = join(folder, "serverless-state.json");
  const state = JSON.parse(readFileSync(file, "utf8"));
  const { Resources } = state.service.provider.compiledCloudFormationTemplate;
  Resources[tableId].Properties.DeletionProtectionEnabled = isProtected;
  writeFileSync(file, JSON.stringify(state));
}

/** @throws Problem if the SDK finds no credentials */
export async function findCredentials(region: string): Promise<void> {
  const client = new DynamoDBClient({ region });
  await client.config.credentials().catch(() => {
    throw new Problem(
      "No AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`.",
    );
  });
  client.destroy();
}

function serverless(...args: string[]): void {
  run(join(root, "node_modules/.bin/serverless"), args);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Problem(`Not deployed: ${args.slice(0, 2).join(" ")} failed.`);
}

if (import.meta.main) {
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  await deploy().catch(exitOnProblem);
}
