/**
 * Who may import whom, as docs say it: a layer's row names everything it may import besides itself.
 * Tests are bound by nothing but the ban on cycles.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */

/** Channels by name with their addresses, without their clients. */
const channels = "^shared/channels/(address|address-hints|registry)[.]ts$";

const layers = {
  "shared/domain": ["^node_modules/(temporal-polyfill|re2js)/"],
  "shared/validation": ["^shared/domain/", "^node_modules/zod/"],
  // Integration types and channels are allowed values of fields.
  "shared/contracts": [
    "^shared/(domain|validation)/",
    "^shared/integrations/registry[.]ts$",
    channels,
    "^node_modules/zod/",
  ],
  "shared/integrations": [
    "^shared/(crypto|domain|validation)/",
    "^shared/contracts/fields[.]ts$",
    "^shared/use-cases/ports/integration-context[.]ts$",
    "^node_modules/zod/",
    "^(node:)?crypto$",
  ],
  "shared/messages": ["^shared/domain/", "^node_modules/zod/"],
  "shared/crypto": ["^(node:)?crypto$"],
  "shared/aws": [
    "^shared/domain/time-budget[.]ts$",
    "^shared/telemetry/context[.]ts$",
    "^node_modules/@aws-sdk/client-ssm/",
  ],
  // A shared load outlives the request that began it.
  "shared/caching": ["^shared/telemetry/context[.]ts$"],
  "shared/use-cases": [
    "^shared/(caching|domain|messages)/",
    "^shared/channels/(address|channel-type|registry)[.]ts$",
  ],
  "shared/calendar": ["^shared/(crypto|domain)/", "^node_modules/ical-generator/", "^(node:)?crypto$"],
  // Use cases are passed as arguments, so only their types are imported (see use-cases-are-arguments).
  "shared/web": [
    "^shared/(crypto|domain|validation|contracts|http|use-cases)/",
    "^shared/integrations/registry[.]ts$",
    channels,
    "^shared/telemetry/(context|current-caller)[.]ts$",
    "^node_modules/(hono|markdown-it|zod)/",
    "^(node:)?(crypto|fs/promises|path|zlib)$",
  ],
  "shared/storage": [
    "^shared/(aws|crypto|domain|messages)/",
    "^shared/channels/address[.]ts$",
    "^shared/use-cases/ports/",
    "^node_modules/(zod|ulid|@aws-sdk/((client|lib|util)-dynamodb))/",
    "^(node:)?crypto$",
  ],
  "shared/queue": [
    "^shared/(aws|crypto|domain|messages)/",
    "^shared/use-cases/ports/",
    "^shared/telemetry/(context|trace)[.]ts$",
    "^node_modules/(zod|@aws-sdk/client-sqs|@types/aws-lambda)/",
    "^(node:)?crypto$",
  ],
  "shared/telemetry": [
    "^shared/(crypto|domain|messages)/",
    "^shared/use-cases/ports/",
    "^(node:)?(async_hooks|fs|tty)$",
  ],
  "shared/channels": [
    "^shared/(crypto|domain|outbound|validation)/",
    "^shared/use-cases/ports/",
    "^node_modules/(hono|jose|nodemailer|zod)/",
    "^(node:)?crypto$",
  ],
  // Received emails: their parsers, and who they are for.
  "shared/email": [
    "^shared/(crypto|domain|integrations|validation)/",
    "^shared/use-cases/ports/",
    "^node_modules/(html-to-text|postal-mime|zod)/",
  ],
  // HTTP client for all outbound calls of channels and integrations.
  "shared/outbound": ["^shared/domain/", "^node_modules/ipaddr[.]js/", "^(node:)?(dns|events|https?|net)$"],
  // Sign-in at an OpenID Connect provider.
  "shared/oidc": [
    "^shared/(caching|domain)/",
    "^shared/outbound/fetch[.]ts$",
    "^shared/use-cases/ports/",
    "^node_modules/(jose|openid-client|zod)/",
  ],
  "shared/http": [
    "^shared/(crypto|domain|validation|contracts)/",
    "^shared/integrations/integration-type[.]ts$",
    "^shared/use-cases/ports/",
    "^shared/telemetry/(context|current-caller|trace)[.]ts$",
    "^node_modules/(hono|jose|zod|ulid)/",
    "^(node:)?(crypto|fs/promises|path|zlib)$",
  ],
  // Everything but what functions choose themselves: calendars, and integrations besides their test events.
  "shared/runtime": [
    "^shared/integrations/send-test-event[.]ts$",
    "^package[.]json$",
    "^shared/(aws|caching|channels|contracts|crypto|domain|http|oidc|outbound|queue|storage)/",
    "^shared/(telemetry|use-cases|validation|web)/",
    "^node_modules/(ulid|zod|@types/aws-lambda)/",
    "^(node:)?crypto$",
  ],
};

const tests = "[.]test[.]tsx?$|^tests/";

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules in a cycle cannot be understood or tested separately.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "The imported file does not exist.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^aws-lambda$" },
    },
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `${layer.split("/")[1]}-imports`,
      comment: `${layer} may import only itself and ${allowed.join(", ")}`,
      severity: "error",
      from: { path: `^${layer}/`, pathNot: tests },
      to: { pathNot: [`^${layer}/`, ...allowed] },
    })),
    {
      name: "runtime-is-wired-once",
      comment:
        "Only functions use the wiring, and processes its configuration. Other code receives its dependencies.",
      severity: "error",
      from: { pathNot: `^(functions|monitoring/exporter|localstack|shared/runtime)/|${tests}` },
      to: { path: "^shared/runtime/" },
    },
    {
      name: "processes-read-configuration",
      comment:
        "The exporter and the local platform are no functions, so they need only settings, clock and table.",
      severity: "error",
      from: { path: "^(monitoring/exporter|localstack)/", pathNot: tests },
      to: { path: "^shared/runtime/", pathNot: "^shared/runtime/(config|system|table)[.]ts$" },
    },
    {
      name: "channels-without-clients",
      comment:
        "Names and addresses of channels are used everywhere, their clients only where messages are delivered.",
      severity: "error",
      from: { path: "^shared/(contracts|use-cases|storage|web|http|messages|integrations)/", pathNot: tests },
      to: {
        path: "^shared/channels/(clients[.]ts$|[^/]+[.]client[.]ts$|bulkhead|chat/|message/|provider/)|^node_modules/nodemailer/",
        reachable: true,
      },
    },
    {
      name: "infra-knows-no-local-platform",
      comment: "The local platform runs what infra describes and builds, never the reverse.",
      severity: "error",
      from: { path: "^infra/", pathNot: tests },
      to: { path: "^localstack/" },
    },
    {
      name: "functions-stand-alone",
      comment:
        "Functions do not import each other. The OpenAPI document and its paths are their only imports from infra/.",
      severity: "error",
      from: { path: "^functions/", pathNot: tests },
      to: {
        path: "^(functions|infra|localstack|monitoring|ci|tests)/",
        pathNot: "^infra/build/openapi(-paths)?[.]json$",
      },
    },
    {
      name: "use-cases-are-arguments",
      comment: "The website receives its use cases as arguments.",
      severity: "error",
      from: { path: "^shared/web/", pathNot: tests },
      to: { path: "^shared/use-cases/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pages-are-listed-once",
      comment: "Pages and actions do not import each other.",
      severity: "error",
      from: {
        path: "^shared/web/",
        pathNot: `^shared/web/pages/[^/]+-(pages|actions)[.]ts$|${tests}`,
      },
      to: { path: "^shared/web/pages/[^/]+/(page|actions)[.]tsx?$" },
    },
    {
      name: "functions-reach-aws-through-shared",
      comment: "Only storage and queue use the AWS SDK.",
      severity: "error",
      from: { path: "^functions/", pathNot: tests },
      to: { path: "^node_modules/@aws-sdk/" },
    },
    {
      name: "no-imports-of-functions",
      comment: "A function is an entry point, not a library.",
      severity: "error",
      from: { pathNot: `^functions/|${tests}` },
      to: { path: "^functions/" },
    },
    {
      name: "tests-stay-outside",
      comment: "Shipped code does not import tests.",
      severity: "error",
      from: { path: "^(shared|functions|monitoring|infra)/", pathNot: tests },
      to: { path: tests },
    },
    {
      name: "no-dev-dependencies",
      comment: "Deployed code must not depend on development packages.",
      severity: "error",
      // The embedded emulators are not part of any image.
      from: {
        path: "^(shared|functions|infra|localstack|monitoring/exporter)/",
        pathNot: `${tests}|^localstack/emulators/sqs-server`,
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    // TypeScript 7 has no parser API.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "^(ci/)?node_modules/" },
    exclude: { path: "^ci/node_modules/(?!@scalar/openapi-parser/)" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
