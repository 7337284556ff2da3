/** `node cli.ts <command>`: the entry point of the scripts in package.json. It loads only the command that it runs. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import type { ToolName } from "./ci/tool-command.ts";
import { isPackage } from "./infra/command.ts";
import { exitOnProblem } from "./infra/problem.ts";
import packageJson from "./package.json" with { type: "json" };

interface Entry {
  readonly summary: string;
  /** True if settings of .env must not reach the command. */
  readonly ignoresEnvFile?: boolean;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Commands that operate a platform. The npm package has these. */
const operating: Readonly<Record<string, Entry>> = {
  start: {
    summary: "start the platform on this machine",
    load: () => import("./localstack/start-command.ts"),
  },
  demo: { summary: "simulate an outage on a running platform", load: () => import("./localstack/demo.ts") },
  keys: { summary: "create, list and revoke API keys", load: () => import("./infra/operate/keys.ts") },
  "audit-log": {
    summary: "verify the hash chain of the audit log",
    load: () => import("./infra/operate/audit-log.ts"),
  },
  dlq: {
    summary: "show, redrive or discard messages in dead-letter queues",
    load: () => import("./infra/operate/dlq.ts"),
  },
  export: { summary: "write all items to a file", load: () => import("./infra/operate/export.ts") },
  import: {
    summary: "import an export, or one of another on-call system",
    load: () => import("./infra/operate/import.ts"),
  },
  reset: { summary: "delete all data permanently", load: () => import("./infra/operate/reset.ts") },
  smoke: { summary: "test a deployed platform from alert to page", load: () => import("./ci/smoke.ts") },
};

/** Commands that need a checkout of the repository. */
const developing: Readonly<Record<string, Entry>> = {
  build: { summary: "bundle the functions and the exporter", load: () => import("./infra/build/build.ts") },
  check: { summary: "run the static checks", load: () => import("./ci/check.ts") },
  test: { summary: "run all tests", ignoresEnvFile: true, load: () => import("./ci/test.ts") },
  "test:unit": {
    summary: "run the unit tests",
    ignoresEnvFile: true,
    load: () => loadTool("test:unit"),
  },
  format: { summary: "format all files", load: () => loadTool("format") },
  secrets: { summary: "find secrets in the files", load: () => loadTool("secrets") },
  tools: {
    summary: "install the tools of checks and benchmarks",
    load: () => import("./ci/install-tools.ts"),
  },
  openapi: { summary: "generate the OpenAPI document", load: () => import("./infra/build/openapi.ts") },
  dashboards: {
    summary: "generate the Grafana dashboards",
    load: () => import("./monitoring/grafana/build.ts"),
  },
  deploy: { summary: "deploy a stage to AWS", load: () => import("./ci/deploy.ts") },
  audit: { summary: "check dependencies for known vulnerabilities", load: () => import("./ci/audit.ts") },
  bench: { summary: "measure the platform on this machine", load: () => import("./tests/bench/run.ts") },
  costs: {
    summary: "estimate the AWS costs of the measured load",
    load: () => import("./tests/bench/bill.ts"),
  },
  screenshots: {
    summary: "take the screenshots of the docs",
    load: () => import("./tests/screenshots/run.ts"),
  },
  "new:endpoint": {
    summary: "generate the files of an endpoint",
    load: () => import("./ci/new-endpoint.ts"),
  },
  prepack: {
    summary: "bundle the functions for the npm package",
    load: async () => ({ command: (await import("./localstack/platform/prebuild.ts")).prepack }),
  },
  postpack: {
    summary: "delete the bundles of the npm package",
    load: async () => ({ command: (await import("./localstack/platform/prebuild.ts")).postpack }),
  },
};

const commands = isPackage ? operating : { ...operating, ...developing };

await main(process.argv.slice(2)).catch(exitOnProblem);

async function main([name = "--help", ...rest]: readonly string[]): Promise<void> {
  const entry = commands[name];
  if (!entry) {
    await overview().parseAsync([name, ...rest], { from: "user" });
    return;
  }
  if (!entry.ignoresEnvFile && existsSync(".env")) process.loadEnvFile();
  const { command } = await entry.load();
  await command.parseAsync(rest, { from: "user" });
}

async function loadTool(name: ToolName): Promise<{ readonly command: Command }> {
  const { toolCommand } = await import("./ci/tool-command.ts");
  return { command: toolCommand(name) };
}

/** Shows which commands exist; anything else is an error. */
function overview(): Command {
  const program = new Command("incident-platform")
    .description("On-call and incident platform.")
    .usage("<command> [options]")
    .helpOption("-h, --help", "show this help")
    .version(packageJson.version, "-V, --version", "show the version")
    .helpCommand(false)
    .showHelpAfterError()
    .addHelpText("after", "\nEach command has its own help: <command> --help");
  for (const [name, { summary }] of Object.entries(commands)) program.command(name).description(summary);
  return program;
}
