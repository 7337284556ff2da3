/** The package of a stage on another AWS implementation: MiniStack's CloudFormation, Lambda, SQS and DynamoDB. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createsTable } from "../../ci/account.ts";
import { type Packaged, packageFolder, packageFor } from "../../ci/checks/packaged.ts";
import { protectTable } from "../../ci/deploy.ts";
import { liveDeployment } from "../../ci/live-deployment.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { isInstalled } from "../support/monitoring/prometheus.ts";
import { type OnePort, startMinistack } from "../support/platform/one-port.ts";
import { REGION } from "../support/platform/platform.ts";

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
interface State {
  readonly service: {
    readonly provider: { readonly compiledCloudFormationTemplate: { Resources: Record<string, Resource> } };
  };
}

const root = resolve(import.meta.dirname, "../..");
const stage = "trial";
const key = "a-key-of-this-test-alone";
const withMinistack = isInstalled("ministack");

describe.skipIf(!withMinistack)(
  `a deployment, on AWS as MiniStack has it${withMinistack ? "" : " (skipped: ministack is not installed)"}`,
  () => {
    let server: OnePort;
    let made: Packaged;
    /** The package's templates, as they were made. */
    let files: { readonly path: string; readonly text: string }[];
    let env: NodeJS.ProcessEnv;
    let cloudFormation: CloudFormationClient;
    let dynamodb: DynamoDBClient;

    beforeAll(async () => {
      server = await startMinistack();
      env = {
        ...process.env,
        AWS_ENDPOINT_URL: server.url,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: "trial",
        AWS_SECRET_ACCESS_KEY: "trial",
        API_KEYS: `trial:ingest+read+write+admin:${sha256(key)}`,
        SIGNING_SECRET: "signs links of this test alone: 0",
      };
      const client = {
        region: REGION,
        endpoint: server.url,
        credentials: { accessKeyId: "trial", secretAccessKey: "trial" },
      };
      cloudFormation = new CloudFormationClient(client);
      dynamodb = new DynamoDBClient(client);
      made = await packageFor(root, stage, env);
      withoutExpressions();
      files = readdirSync(made.folder)
        .filter((name) => name.endsWith(".json"))
        .map((name) => ({
          path: join(made.folder, name),
          text: readFileSync(join(made.folder, name), "utf8"),
        }));
    }, 300_000);
    afterAll(async () => {
      cloudFormation?.destroy();
      dynamodb?.destroy();
      made?.remove();
      await server?.stop();
    });

    /** Changes what will be deployed. */
    function change(edit: (resources: Record<string, Resource>) => void): void {
      const file = join(made.folder, "serverless-state.json");
      const state = JSON.parse(readFileSync(file, "utf8")) as State;
      edit(state.service.provider.compiledCloudFormationTemplate.Resources);
      writeFileSync(file, JSON.stringify(state));
    }

    /** MiniStack knows no alarm over an expression. */
    const withoutExpressions = () =>
      change((resources) => {
        for (const [name, { Type, Properties }] of Object.entries(resources)) {
          if (Type === "AWS::CloudWatch::Alarm" && Properties?.Metrics) delete resources[name];
        }
      });

    function serverless(...args: string[]) {
      const { status, stdout, stderr } = spawnSync(
        "node_modules/.bin/serverless",
        [...args, "--stage", stage, "--region", REGION],
        {
          cwd: made.copy,
          // Packaging has validated it. AWS is asked every 5 s for what has been done.
          env: { ...env, SLS_CONFIG_VALIDATION: "off", SLS_AWS_MONITORING_FREQUENCY: "250" },
          encoding: "utf8",
        },
      );
      return { status, output: `${stdout}${stderr}` };
    }
    const deploy = () => serverless("deploy", "--package", packageFolder);
    /** Undoes changes of the package, and gives it another time: the folder of its files in the bucket. */
    function packageAgain(): void {
      const now = new Date();
      const folder = `${now.getTime()}-${now.toISOString()}`;
      let stamped = 0;
      for (const { path, text } of files) {
        const next = text.replaceAll(/\d{13}-\d{4}-\d\d-\d\dT[\d:.]+Z/g, folder);
        if (next !== text) stamped += 1;
        writeFileSync(path, next);
      }
      expect(stamped).toBeGreaterThan(0);
    }

    async function stack() {
      const { Stacks = [] } = await cloudFormation.send(
        new DescribeStacksCommand({ StackName: `incident-platform-${stage}` }),
      );
      const output = (name: string) =>
        Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? "";
      return { status: Stacks[0]?.StackStatus, api: output("HttpApiId") };
    }

    const urlOf = (api: string) => `${server.url}/_aws/execute-api/${api}/$default`;

    function smoke(api: string) {
      const { status, stdout, stderr } = spawnSync(process.execPath, ["cli.ts", "smoke", urlOf(api)], {
        cwd: root,
        env: { ...process.env, PLATFORM_KEY: key },
        encoding: "utf8",
      });
      return { status, output: stdout + stderr };
    }

    const isFirst = () => createsTable(dynamodb, cloudFormation, `incident-platform-${stage}`);

    test("whose first attempt fails leaves no table that blocks the next", async () => {
      expect(await isFirst()).toBe(true);
      change((resources) => {
        resources.Broken = { Type: "AWS::CloudWatch::Alarm", Properties: { Metrics: [] } };
      });
      protectTable(made.folder, false);
      expect(deploy().status).not.toBe(0);
      expect(await isFirst()).toBe(true);
      packageAgain();
    }, 400_000);

    test("takes an alert to its page and its end, through the functions as they are packaged", async () => {
      expect(await liveDeployment(cloudFormation, stage)).toBeUndefined();
      for (const isProtected of [false, true]) {
        protectTable(made.folder, isProtected);
        const { status, output } = deploy();
        expect(status, output).toBe(0);
      }
      expect(await isFirst()).toBe(false);
      const { Table } = await dynamodb.send(
        new DescribeTableCommand({ TableName: `incident-platform-${stage}` }),
      );
      expect(Table?.DeletionProtectionEnabled).toBe(true);
      const { api } = await stack();
      const smoked = smoke(api);
      expect(smoked.status, smoked.output).toBe(0);
      expect(smoked.output).toContain("requests without a key get 401");
      const page = (method: string, path: string) =>
        fetch(urlOf(api) + path, { method, headers: { accept: "text/html" } });
      expect(await (await page("GET", "/sign-in")).text()).toContain("<title>Sign in");
      expect((await page("HEAD", "/sign-in")).status).toBe(200);
      expect((await page("DELETE", "/incidents")).status).toBe(405);
    }, 400_000);

    test("rolled back by CloudFormation is not a rollback target; a successful one is rolled back to its predecessor", async () => {
      const first = await liveDeployment(cloudFormation, stage);
      expect(first).toMatch(/^\d{13}$/);

      packageAgain();
      change((resources) => {
        resources.Broken = { Type: "AWS::CloudWatch::Alarm", Properties: { Metrics: [] } };
      });
      expect(deploy().status).not.toBe(0);
      expect((await stack()).status).toBe("UPDATE_ROLLBACK_COMPLETE");
      expect(await liveDeployment(cloudFormation, stage)).toBe(first);

      packageAgain();
      expect(deploy().status).toBe(0);
      const second = await liveDeployment(cloudFormation, stage);
      expect(second).not.toBe(first);

      const { status, output } = serverless("rollback", "--timestamp", `${first}`);
      expect(status, output).toBe(0);
      expect(await liveDeployment(cloudFormation, stage)).toBe(first);
      const smoked = smoke((await stack()).api);
      expect(smoked.status, smoked.output).toBe(0);
    }, 400_000);
  },
);
