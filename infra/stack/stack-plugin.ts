/** Plugin of the serverless CLI: completes a stack before it is written, splits it, and uploads its nested stacks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { routeHead, shareRoles } from "./gateway-routes.ts";
import { addInboundEmail, type InboundEmail } from "./inbound-email.ts";
import { lambdaId } from "./logical-ids.ts";
import { nestStacks, type Resource, type StackTemplate } from "./nested-stacks.ts";
import { nestedFile, nestedFiles } from "./packaged-stacks.ts";

interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly package: { readonly artifactDirectoryName: string };
    readonly custom: { readonly names: { readonly prefix: string }; readonly inboundEmail: InboundEmail };
    readonly functions: Readonly<Record<string, { readonly handler: string }>>;
    readonly provider: {
      compiledCloudFormationTemplate: StackTemplate & { readonly Resources: Record<string, Resource> };
      readonly shouldNotDeploy?: boolean;
    };
  };
  readonly pluginManager: { readonly plugins: readonly object[] };
}

/** The CLI's own plugin for deployments. */
interface AwsDeploy {
  uploadZipFile(file: { filename: string; s3KeyDirname: string }): Promise<void>;
}

export default class StackPlugin {
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      "after:aws:package:finalize:mergeCustomProviderResources": () => splitStack(serverless),
      "after:aws:deploy:deploy:uploadArtifacts": () => uploadNested(serverless),
    };
  }
}

/** Returns the folder that the CLI packages into and deploys from. */
function folderOf({ serviceDir }: Serverless): string {
  return join(serviceDir, ".serverless");
}

function splitStack(serverless: Serverless): void {
  const { service } = serverless;
  const template = service.provider.compiledCloudFormationTemplate;
  const areaOf = areasOf(service.functions, template);
  addInboundEmail(template.Resources, service.custom.inboundEmail, service.custom.names.prefix);
  routeHead(template.Resources);
  shareRoles(template.Resources, areaOf);
  const { parent, nested } = nestStacks(template, areaOf, (area) => ({
    "Fn::Join": [
      "",
      [
        "https://s3.",
        { Ref: "AWS::Region" },
        ".",
        { Ref: "AWS::URLSuffix" },
        "/",
        { Ref: "ServerlessDeploymentBucket" },
        `/${service.package.artifactDirectoryName}/${nestedFile(area)}`,
      ],
    ],
  }));
  service.provider.compiledCloudFormationTemplate = parent;
  mkdirSync(folderOf(serverless), { recursive: true });
  for (const [area, own] of Object.entries(nested)) {
    writeFileSync(join(folderOf(serverless), nestedFile(area)), JSON.stringify(own));
  }
}

async function uploadNested(serverless: Serverless): Promise<void> {
  const { service, pluginManager } = serverless;
  if (service.provider.shouldNotDeploy) return;
  const deploy = pluginManager.plugins.find((plugin) => plugin.constructor.name === "AwsDeploy") as AwsDeploy;
  await Promise.all(
    [...nestedFiles(folderOf(serverless)).values()].map((name) =>
      deploy.uploadZipFile({
        filename: join(folderOf(serverless), name),
        s3KeyDirname: service.package.artifactDirectoryName,
      }),
    ),
  );
}

/** Returns the area of a resource: that of the function which it is, which it is the role of, or which it refers to. */
function areasOf(
  functions: Serverless["service"]["functions"],
  { Resources }: StackTemplate,
): (id: string, resource: Resource) => string | undefined {
  const areas = new Map<string, string>();
  for (const [name, { handler }] of Object.entries(functions)) {
    const id = lambdaId(name);
    const area = handler.split("/")[2] ?? "";
    areas.set(id, area);
    areas.set(Resources[id]?.Properties.Role["Fn::GetAtt"][0], area);
  }
  return (id, { Type, Properties }) => {
    if (!ofFunction.has(Type)) return undefined;
    return areas.get(id) ?? idsIn(Properties).flatMap((each) => areas.get(each) ?? [])[0];
  };
}

const ofFunction: ReadonlySet<string> = new Set([
  "AWS::Lambda::Function",
  "AWS::IAM::Role",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Permission",
  "AWS::Events::Rule",
  "AWS::ApiGatewayV2::Integration",
]);

/** Returns all strings in a value, among them logical IDs. */
function idsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(idsIn) : [];
}
