import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lazy } from "../../shared/caching/lazy.ts";
import { type Edit, editedFiles } from "./edited-files.ts";

/**
 * Words of shared/, which may be names of errors. The SDK throws all others as its base class with the same message, and
 * with the name that the service sent, which SQS has others for than the SDK.
 */
const words = lazy((): ReadonlySet<string> => {
  const folder = join(import.meta.dirname, "../../shared");
  const files = globSync("**/*.ts", { cwd: folder }).filter((file) => !file.endsWith(".test.ts"));
  return new Set(files.flatMap((file) => readFileSync(join(folder, file), "utf8").match(/\w+/g) ?? []));
});

const edits: readonly Edit[] = [
  // Credentials and settings from elsewhere. Lambda and the emulators set them in the environment.
  {
    file: /@aws-sdk[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/,
    change: () => 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
  },
  {
    file: /[\\/]config[\\/]node-config-provider[\\/]configLoader\.js$/,
    change: (text) => text.replace("fromSharedConfigFiles(configFileSelector, configuration), ", ""),
  },
  // The description of each call: a log that no one reads, and the names and versions of libraries.
  {
    file: /[\\/]middleware-logger[\\/]loggerMiddleware\.js$/,
    change: (text) => text.replace("clientStack.add(loggerMiddleware(), loggerMiddlewareOptions);", ""),
  },
  {
    file: /[\\/]middleware-user-agent[\\/]user-agent-middleware\.js$/,
    change: (text) =>
      text.replace("clientStack.add(userAgentMiddleware(config), getUserAgentMiddlewareOptions);", ""),
  },
  // Only for the discovery of endpoints, which DynamoDB does not offer.
  {
    file: /@aws-sdk[\\/]endpoint-cache[\\/]dist-es[\\/]index\.js$/,
    change: () => "export class EndpointCache {}",
  },
  // Only without node:crypto.
  { file: /[\\/]checksum[\\/]sha256[\\/]Sha256Js\.js$/, change: () => "export class Sha256Js {}" },
  { file: /[\\/]checksum[\\/]md5[\\/]Md5Js\.js$/, change: () => "export class Md5Js {}" },
  // Descriptions of regions. Each partition also has a pattern of its regions.
  {
    file: /[\\/]util-endpoints[\\/]lib[\\/]aws[\\/]partitions\.js$/,
    change: (text) => text.replaceAll(/"regions": \{[\s\S]*?^ {12}\}/gm, `"regions": {}`),
  },
  // Only in retry mode `adaptive`, which no client uses (shared/aws/call-options.ts).
  {
    file: /[\\/]retry[\\/]util-retry[\\/]AdaptiveRetryStrategy\.js$/,
    change: () => "export class AdaptiveRetryStrategy {}",
  },
  // Only in defaults mode `auto`, on a server.
  {
    file: /[\\/]regionConfig[\\/]getInstanceMetadataRegion\.js$/,
    change: () => "export const getInstanceMetadataRegion = async () => undefined;",
  },
  {
    file: /@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/,
    change: (text) =>
      text
        .replace(/^n0_registry\.registerError\((\w+)\$, \1\);$/gm, (line, error) =>
          words().has(error) ? line : "",
        )
        // Schemas with computed keys, which esbuild keeps even if they are unused.
        .replace(/(?<=^export var \w+\$ = )(\[[^;]*\{ \[[^;]*\])(?=;$)/gm, "/* @__PURE__ */ (() => $1)()"),
  },
];

/** Leaves out the parts of the AWS SDK that functions never run, which are a tenth of most bundles. */
export const leanSdk = editedFiles("lean-sdk", edits);
