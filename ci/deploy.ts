/** `npm run deploy`: bundles, packages, checks the template and deploys it to AWS. docs/aws.md describes the settings. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { createCommand } from "../infra/command.ts";
import { stageNameFault } from "../infra/operate/settings.ts";
import { announceTarget, missingCredentials } from "../infra/operate/target.ts";
import { Problem } from "../infra/problem.ts";
import { joinStacks, type StackTemplate } from "../infra/stack/nested-stacks.ts";
import { readStacks } from "../infra/stack/packaged-stacks.ts";
import { missingWarnings } from "../localstack/platform/missing-settings.ts";
import { settingFaults } from "../localstack/platform/setting-faults.ts";
import { concurrencyNote, createsTable, tableId } from "./account.ts";
import { packageFolder } from "./checks/packaged.ts";
import { stackFaults } from "./checks/stack-limits.ts";
import { templateFaults } from "./checks/template.ts";

const root = join(import.meta.dirname, "..");

export const command = createCommand("deploy", "Deploy a stage to AWS.", [
  ["--stage prod", "Deploy stage prod"],
  ["--stage prod --dry-run", "Package and check stage prod without deploying"],
])
  .requiredOption("--stage <stage>", "stage to deploy, such as prod")
  .option("--region <region>", "region (default: AWS_REGION, or eu-central-1)")
  .option("--dry-run", "package and check without deploying")
  .action((options) => deploy({ ...options, region: options.region ?? regionOf(process.env) }));

/** Returns the reason why these settings can't be deployed. */
export function refusal(stage: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (!stage) return "Set a stage: npm run deploy -- --stage prod";
  const nameFault = stageNameFault(stage);
  if (nameFault) return nameFault;
  if (stage === "local") return "Stage local runs on this machine without authentication: npm start.";
  if (env.AWS_ENDPOINT_URL) return `AWS_ENDPOINT_URL is ${env.AWS_ENDPOINT_URL}, which is not AWS. Unset it.`;
  const faults = settingFaults(env);
  return faults.length === 0 ? undefined : `Not deployed. Settings are invalid:\n${faults.join("\n")}`;
}

/** Returns what does not work with these settings. */
export function settingWarnings(env: NodeJS.ProcessEnv): string[] {
  return [
    ...(env.API_KEYS
      ? []
      : ["API_KEYS is not set. Only keys created with npm run keys or the API are accepted."]),
    ...(env.SIGNING_SECRET
      ? []
      : ["SIGNING_SECRET is not set. Pages have no links to acknowledge, and calls fail."]),
    ...(env.PUBLIC_URL ? [] : ["PUBLIC_URL is not set. Messages have no links to the platform."]),
    ...(env.FALLBACK_EMAIL ? [] : ["FALLBACK_EMAIL is not set. If no one is on call, no one is paged."]),
    ...missingWarnings(env),
    ...(env.OPERATORS_EMAIL ? [] : ["OPERATORS_EMAIL is not set. Alarms notify no one."]),
  ];
}

/** Default region of deployments. */
export function regionOf(env: NodeJS.ProcessEnv): string {
  return env.AWS_REGION || "eu-central-1";
}

interface DeployOptions {
  readonly stage: string;
  readonly region: string;
  readonly dryRun?: boolean;
}

async function deploy({ stage, region, dryRun = false }: DeployOptions): Promise<void> {
  const reason = refusal(stage, process.env);
  if (reason) throw new Problem(reason);
  announceTarget(`stage ${stage} on AWS in ${region}`);
  if (!dryRun) await findCredentials(region);
  for (const warning of settingWarnings(process.env)) console.warn(`Warning: ${warning}`);

  const target = ["--stage", stage, "--region", region];
  run(process.execPath, ["cli.ts", "build", "--deploy"]);
  serverless("package", ...target, "--package", packageFolder);
  const stacks = readStacks(join(root, packageFolder));
  const template = joinStacks(stacks);
  const faults = [...stackFaults(stacks), ...templateFaults(template)];
  if (faults.length > 0)
    throw new Problem(`Not deployed. The template is invalid:\n  ${faults.join("\n  ")}`);
  if (dryRun)
    return console.log(`Packaged stage ${stage} for ${region} in ${packageFolder}/. Nothing was deployed.`);

  const isFirst = await inspectAccount(`incident-platform-${stage}`, region, template);
  const upload = () => serverless("deploy", ...target, "--package", packageFolder);
  if (isFirst) {
    protectTable(join(root, packageFolder), false);
    upload();
    protectTable(join(root, packageFolder), true);
    console.log("Created the table. Enabling deletion protection.");
  }
  upload();
  serverless("info", ...target, "--verbose");
  console.log(
    `\nDeployed. Create its first key: npm run keys -- create --stage ${stage} --name admin --scopes admin`,
  );
  console.log("Test it: PLATFORM_KEY=… npm run smoke -- <HttpApiUrl>");
}

/** Returns true if the deployment creates the table. @throws Problem if another table has its name */
async function inspectAccount(stack: string, region: string, template: StackTemplate): Promise<boolean> {
  const clients = [
    new LambdaClient({ region }),
    new DynamoDBClient({ region }),
    new CloudFormationClient({ region }),
  ] as const;
  const [lambda, dynamodb, cloudFormation] = clients;
  try {
    const note = await concurrencyNote(lambda, template);
    if (note) console.warn(`Warning: ${note}`);
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
    throw new Problem(missingCredentials);
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
