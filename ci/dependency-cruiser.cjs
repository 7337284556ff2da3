/**
 * Who may import whom, as docs say it: a layer's row names everything it may import besides itself.
 * Tests are bound by nothing but the ban on cycles.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */

/** Channels by name with their addresses. Their clients stay out of bundles (ci/checks/bundles.ts). */
const channels = "^shared/channels/(address|address-hints|registry)[.]ts$";

const layers = {
  "shared/domain": ["^node_modules/(temporal-polyfill|re2js)/"],
  "shared/validation": ["^shared/domain/", "^node_modules/zod/"],
  // Types of integration and channels are values that a field may have.
  "shared/contracts": [
    "^shared/(domain|validation)/",
    "^shared/integrations/registry[.]ts$",
    channels,
    "^node_modules/zod/",
  ],
  "shared/integrations": [
    "^shared/(domain|validation)/",
    "^shared/contracts/fields[.]ts$",
    "^shared/use-cases/ports/integration-context[.]ts$",
    "^node_modules/zod/",
    "^(node:)?crypto$",
  ],
  "shared/messages": ["^shared/domain/", "^node_modules/zod/"],
  "shared/crypto": ["^(node:)?crypto$"],
  // A shared load outlives the request that began it.
  "shared/caching": ["^shared/telemetry/context[.]ts$"],
  "shared/use-cases": ["^shared/(caching|domain|messages)/", "^shared/channels/(address|channel-type)[.]ts$"],
  "shared/calendar": ["^shared/(crypto|domain)/", "^node_modules/ical-generator/", "^(node:)?crypto$"],
  // Use cases come as arguments: only their types are imported (see use-cases-are-arguments).
  "shared/web": [
    "^shared/(crypto|domain|validation|contracts|http|use-cases)/",
    "^shared/integrations/registry[.]ts$",
    channels,
    "^shared/telemetry/context[.]ts$",
    "^node_modules/(hono|zod)/",
    "^(node:)?(crypto|fs/promises|path|zlib)$",
  ],
  "shared/storage": [
    "^shared/(crypto|domain|messages)/",
    "^shared/channels/address[.]ts$",
    "^shared/use-cases/ports/",
    "^node_modules/(zod|ulid|@aws-sdk/((client|lib|util)-dynamodb))/",
    "^(node:)?crypto$",
  ],
  "shared/queue": [
    "^shared/(crypto|domain|messages)/",
    "^shared/use-cases/ports/",
    "^shared/telemetry/(context|trace)[.]ts$",
    "^node_modules/(zod|@aws-sdk/client-sqs|@types/aws-lambda)/",
    "^(node:)?crypto$",
  ],
  "shared/telemetry": [
    "^shared/(domain|messages)/",
    "^shared/use-cases/ports/",
    "^(node:)?(crypto|async_hooks)$",
  ],
  "shared/channels": [
    "^shared/(domain|outbound|validation)/",
    "^shared/use-cases/ports/",
    "^node_modules/(hono|nodemailer|zod)/",
    "^(node:)?crypto$",
  ],
  // The only way out over HTTP, for channels and integrations.
  "shared/outbound": ["^shared/domain/", "^node_modules/ipaddr[.]js/", "^(node:)?(dns|events|https?|net)$"],
  "shared/http": [
    "^shared/(crypto|domain|validation|contracts)/",
    "^shared/integrations/integration-type[.]ts$",
    "^shared/use-cases/ports/",
    "^shared/telemetry/(context|trace)[.]ts$",
    "^node_modules/(hono|zod|ulid)/",
    "^(node:)?(crypto|fs/promises|path|zlib)$",
  ],
};

const tests = "[.]test[.]tsx?$|^tests/";

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "What imports each other can't be understood or tested apart.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "It is not there.",
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
      name: "runtime-imports",
      comment: "runtime wires what is shared; it knows no function and no machine.",
      severity: "error",
      from: { path: "^shared/runtime/", pathNot: tests },
      to: { path: "^(functions|infra|localstack|monitoring|ci|tests)/" },
    },
    {
      name: "runtime-is-wired-once",
      comment:
        "Only functions, the exporter and the local platform are wired; everything else is given what it needs.",
      severity: "error",
      from: { pathNot: `^(functions|monitoring/exporter|localstack|shared/runtime)/|${tests}` },
      to: { path: "^shared/runtime/" },
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
      comment: "No function imports another; of infra/ they may read the OpenAPI document.",
      severity: "error",
      from: { path: "^functions/", pathNot: tests },
      to: {
        path: "^(functions|infra|localstack|monitoring|ci|tests)/",
        pathNot: "^infra/build/openapi[.]json$",
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
      comment: "Pages and actions know nothing of each other.",
      severity: "error",
      from: { path: "^shared/web/", pathNot: `^shared/web/pages/all-(pages|actions)[.]ts$|${tests}` },
      to: { path: "^shared/web/pages/[^/]+/(page|actions)[.]tsx?$" },
    },
    {
      name: "functions-reach-aws-through-shared",
      comment: "SDKs belong to storage and queue.",
      severity: "error",
      from: { path: "^functions/", pathNot: tests },
      to: { path: "^node_modules/@aws-sdk/" },
    },
    {
      name: "nobody-imports-functions",
      comment: "A function is an entry, not a library.",
      severity: "error",
      from: { pathNot: `^functions/|${tests}` },
      to: { path: "^functions/" },
    },
    {
      name: "tests-stay-outside",
      comment: "Nothing that ships imports tests.",
      severity: "error",
      from: { path: "^(shared|functions|monitoring|infra)/", pathNot: tests },
      to: { path: tests },
    },
    {
      name: "no-dev-dependencies",
      comment: "What is deployed, or lies in an image, may not stand on a package that is for development.",
      severity: "error",
      // The embedded emulators are in no image.
      from: {
        path: "^(shared|functions|infra|localstack|monitoring/exporter)/",
        pathNot: `${tests}|^localstack/sqs-server`,
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    // TypeScript 7 has no API to parse with.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "^node_modules/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
