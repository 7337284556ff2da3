/** Scripts of containers, run with the tools that they call. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCompose } from "../../ci/checks/compose-file.ts";
import { readResources } from "../../infra/stack/template.ts";
import { isInstalled, run } from "../support/monitoring/prometheus.ts";
import { type OnePort, startMinistack } from "../support/platform/one-port.ts";
import { clients, REGION, temporaryFolder } from "../support/platform/platform.ts";

const root = resolve(import.meta.dirname, "../..");
const provision = join(root, "localstack/init/ready.d/provision.sh");

/** A folder with a program of this name in it. */
function programs(name: string, script: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

function sh(script: string, env: Readonly<Record<string, string>>, path = "") {
  const PATH = `${path}:${process.env.PATH}`;
  return spawnSync("sh", [script], { env: { ...process.env, ...env, PATH }, encoding: "utf8" });
}

describe("ready.d, with a CLI that only notes what it is asked", () => {
  const aws = (status: string) => ({
    folder: temporaryFolder(),
    bin: programs(
      "aws",
      `case "$*" in
        *create-stack*)
          for word; do case $last in --stack-name) name=$word;; --template-body) cp "\${word#file://}" "$NOTES/template";; esac; last=$word; done
          mv "$NOTES/template" "$NOTES/$name.yml";;
        *describe-stacks*--query*)
          for word; do [ "$last" = --stack-name ] && name=$word; last=$word; done
          [ -f "$NOTES/$name.yml" ] && echo ${status};;
        *describe-stack-events*) echo "the event that failed";;
      esac`,
    ),
  });
  const provisioning = ({ folder, bin }: ReturnType<typeof aws>, infra = join(root, "infra")) =>
    sh(provision, { NOTES: folder, INFRA_DIR: infra }, bin);

  test("creates what serverless.yml's own resources are, once", () => {
    const cli = aws("CREATE_COMPLETE");
    const first = provisioning(cli);
    expect(first.status, first.stderr).toBe(0);

    const seen = temporaryFolder();
    mkdirSync(join(seen, "infra/stack"), { recursive: true });
    cpSync(join(root, "serverless.yml"), join(seen, "serverless.yml"));
    for (const part of ["tables", "queues"]) {
      const given = readFileSync(join(cli.folder, `incident-platform-local-${part}.yml`), "utf8");
      expect(given).not.toContain("$" + "{");
      writeFileSync(join(seen, `infra/stack/${part}.yml`), given);
    }
    expect(readResources(seen, "local")).toEqual(readResources(root, "local"));

    writeFileSync(join(cli.folder, "incident-platform-local-tables.yml"), "as it was");
    expect(provisioning(cli).status).toBe(0);
    expect(readFileSync(join(cli.folder, "incident-platform-local-tables.yml"), "utf8")).toBe("as it was");
  });

  test("shows why a stack could not be made, and fails", () => {
    const { status, stderr } = provisioning(aws("ROLLBACK_COMPLETE"));
    expect(status).toBe(1);
    expect(stderr).toContain("the event that failed");
  });

  test("creates nothing from a template whose variables it doesn't know", () => {
    const cli = aws("CREATE_COMPLETE");
    const infra = temporaryFolder();
    mkdirSync(join(infra, "stack"));
    writeFileSync(join(infra, "stack/tables.yml"), "TableName: $" + "{self:custom.other}\n");
    const { status, stderr } = provisioning(cli, infra);
    expect(status).toBe(1);
    expect(stderr).toContain("infra/stack/tables.yml has a variable that is not known here");
    expect(existsSync(join(cli.folder, "incident-platform-local-tables.yml"))).toBe(false);
  });
});

const withAws = isInstalled("aws") && isInstalled("ministack");

describe.skipIf(!withAws)(
  `ready.d, on AWS as MiniStack has it${withAws ? "" : " (skipped: aws or ministack is not installed)"}`,
  () => {
    let server: OnePort;
    beforeAll(async () => {
      server = await startMinistack();
    });
    afterAll(() => server?.stop());

    test("makes the table and the queues, and leaves them as they are the second time", async () => {
      for (const time of ["first", "second"]) {
        const { status, stderr } = sh(provision, {
          AWS_ENDPOINT_URL: server.url,
          INFRA_DIR: join(root, "infra"),
        });
        expect(status, `the ${time} time: ${stderr}`).toBe(0);
      }
      const { dynamodb, sqs } = clients({
        AWS_ENDPOINT_URL_DYNAMODB: server.url,
        AWS_ENDPOINT_URL_SQS: server.url,
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
      });
      const { Table } = await dynamodb.send(
        new DescribeTableCommand({ TableName: "incident-platform-local" }),
      );
      expect(Table?.GlobalSecondaryIndexes).toHaveLength(6);
      const { QueueUrl } = await sqs.send(
        new GetQueueUrlCommand({ QueueName: "incident-platform-local-alerts.fifo" }),
      );
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      expect(JSON.parse(Attributes?.RedrivePolicy ?? "{}")).toEqual({
        deadLetterTargetArn: `arn:aws:sqs:${REGION}:000000000000:incident-platform-local-alerts-dlq.fifo`,
        maxReceiveCount: 1000,
      });
    });
  },
);

describe("Alertmanager's start", () => {
  test("posts to the gateway among the containers, and nowhere else", () => {
    const { status, stdout, stderr } = sh(
      join(root, "monitoring/alertmanager/start.sh"),
      {
        GATEWAY_URL: "http://functions:8080",
        CONFIG_FILE: join(root, "monitoring/alertmanager/alertmanager.yml"),
        CONFIG_FOLDER: temporaryFolder(),
      },
      programs("alertmanager", 'printf "%s\\n" "$@"'),
    );
    expect(status, stderr).toBe(0);
    const file = /^--config\.file=(.+)$/m.exec(stdout)?.[1] ?? "";
    const written = readFileSync(file, "utf8");
    expect(written).toContain("api_url: http://functions:8080/api/");
    expect(written).not.toContain("127.0.0.1");
    if (isInstalled("amtool")) {
      const { status, output } = run("amtool", ["check-config", file]);
      expect(status, output).toBe(0);
    }
  });
});

test("containers start the platform as npm start does", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [, command = "[]"] =
    /^CMD (\[.*\])$/m.exec(readFileSync(join(root, "Dockerfile"), "utf8").split("HEALTHCHECK")[1] ?? "") ??
    [];
  const [, started] = /^PARENT_PID=\$PPID (?:\w+=\S+ )*exec (.*)$/.exec(scripts.start) ?? [];
  expect(started).toBe(JSON.parse(command).join(" "));
});

test("images have the Node that the project is tested with", () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const path of ["Dockerfile", "monitoring/exporter/Dockerfile"]) {
    const images = [...readFileSync(join(root, path), "utf8").matchAll(/^FROM ([^@\s]+)@sha256:/gm)].map(
      ([, image]) => image,
    );
    expect(new Set(images)).toEqual(new Set([`node:${dependencies.node}-alpine`]));
  }
});

test("Prometheus finds among the containers what docker-compose.yml calls them", () => {
  const { services } = readCompose(root);
  for (const [file, port] of [
    ["exporter", 9464],
    ["alertmanager", 9093],
  ] as const) {
    const text = readFileSync(join(root, `monitoring/prometheus/targets.compose/${file}.yml`), "utf8");
    const [, name = "", at] = /"([\w-]+):(\d+)"/.exec(text) ?? [];
    expect(Object.keys(services)).toContain(name);
    expect(Number(at)).toBe(port);
  }
});
