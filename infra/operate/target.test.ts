import { describe, expect, test } from "vitest";
import type { RunningPlatform } from "./running-platforms.ts";
import { resolveTarget, resolveUrl } from "./target.ts";

const platform = (httpPort: number, emulatorPort: number | null, endpoint: string | null = null) => ({
  pid: 1,
  httpPort,
  emulatorPort,
  endpoint,
});
const first = platform(8_080, 4_566);
const second = platform(9_000, 5_000);

const described = (
  options: { stage?: string; url?: string },
  env: NodeJS.ProcessEnv,
  ...running: RunningPlatform[]
) => resolveTarget(options, env, () => running).description;

describe("the target of a command", () => {
  test.each<[string, { stage?: string; url?: string }, NodeJS.ProcessEnv, RunningPlatform[], string]>([
    ["the default port", {}, {}, [], "stage local at http://127.0.0.1:4566"],
    ["HTTP_PORT", {}, { HTTP_PORT: "9000" }, [first, second], "stage local at http://127.0.0.1:5000"],
    [
      "PLATFORM_URL",
      {},
      { PLATFORM_URL: "http://localhost:9000/" },
      [second],
      "stage local at http://127.0.0.1:5000",
    ],
    [
      "GATEWAY_URL",
      {},
      { GATEWAY_URL: "http://127.0.0.1:9000" },
      [second],
      "stage local at http://127.0.0.1:5000",
    ],
    ["EMULATOR_PORT", {}, { EMULATOR_PORT: "7000" }, [first], "stage local at http://127.0.0.1:7000"],
    [
      "--url before EMULATOR_PORT",
      { url: "http://localhost:9000" },
      { EMULATOR_PORT: "7000" },
      [first, second],
      "stage local at http://127.0.0.1:5000",
    ],
    [
      "HTTP_PORT before the EMULATOR_PORT of a copied .env",
      {},
      { HTTP_PORT: "9000", EMULATOR_PORT: "4566" },
      [first, second],
      "stage local at http://127.0.0.1:5000",
    ],
    [
      "the endpoint of a platform on LocalStack",
      {},
      {},
      [platform(8_080, null, "http://127.0.0.1:4599")],
      "stage local at http://127.0.0.1:4599",
    ],
    [
      "AWS_ENDPOINT_URL",
      {},
      { AWS_ENDPOINT_URL: "http://127.0.0.1:4599" },
      [first],
      "stage local at http://127.0.0.1:4599",
    ],
    ["--stage", { stage: "prod" }, { AWS_REGION: "eu-west-1" }, [first], "stage prod at AWS in eu-west-1"],
    ["STAGE", {}, { STAGE: "prod" }, [first], "stage prod at AWS in eu-central-1"],
  ])("follows %s", (_, options, env, running, description) => {
    expect(described(options, env, ...running)).toBe(description);
  });

  test("is never the platform on another port", () => {
    expect(() => described({}, { HTTP_PORT: "9000" }, first)).toThrow(
      "No platform is running at http://localhost:9000. The emulators on port 4566 belong to the platform on port 8080.",
    );
  });

  test("is never the platform on another port, whatever EMULATOR_PORT a copied .env has", () => {
    const env = { HTTP_PORT: "9000", EMULATOR_PORT: "4566" };
    expect(() => described({}, env, first)).toThrow("belong to the platform on port 8080");
  });

  test.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ["a deployed stage", { STAGE: "prod" }, /--url selects .* but the stage is prod/],
    ["an endpoint", { AWS_ENDPOINT_URL: "http://127.0.0.1:4599" }, /but AWS_ENDPOINT_URL is set/],
  ])("is not guessed where --url contradicts %s", (_, env, message) => {
    expect(() => described({ url: "http://localhost:9000" }, env, second)).toThrow(message);
  });

  test.each<[string, { stage?: string; url?: string }, NodeJS.ProcessEnv, string]>([
    ["a port", {}, { HTTP_PORT: "abc" }, 'HTTP_PORT must be a port number, not "abc".'],
    ["an emulator's port", {}, { EMULATOR_PORT: "0" }, 'EMULATOR_PORT must be a port number, not "0".'],
    [
      "an address",
      { url: "nonsense" },
      {},
      '--url must be a URL such as http://localhost:8080, not "nonsense".',
    ],
    ["an address of another protocol", {}, { PLATFORM_URL: "ftp://x" }, "PLATFORM_URL must be a URL"],
    ["an endpoint", {}, { AWS_ENDPOINT_URL: "localstack:4566" }, "AWS_ENDPOINT_URL must be a URL"],
    ["a service's endpoint", {}, { AWS_ENDPOINT_URL_SQS: "x" }, "AWS_ENDPOINT_URL_SQS must be a URL"],
    ["a stage", { stage: "My stage" }, {}, 'Stage "My stage" is invalid.'],
  ])("rejects the invalid setting of %s", (_, options, env, message) => {
    expect(() => described(options, env)).toThrow(message);
  });

  test("is on this machine, or a stage", () => {
    const url = "http://oncall.internal:9000";
    expect(() => described({ url }, {}, second)).toThrow(`${url} is not on this machine`);
  });

  test("keeps its other service where an endpoint is set for one of them alone", () => {
    const env = { AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:4599" };
    expect(described({}, env, first)).toBe("stage local at http://127.0.0.1:4566");
    expect(resolveTarget({}, env, () => [first]).embedded).toBe(false);
  });

  test("is embedded only in the emulators of npm start", () => {
    const embedded = (env: NodeJS.ProcessEnv, ...running: RunningPlatform[]) =>
      resolveTarget({}, env, () => running).embedded;
    expect(embedded({}, first)).toBe(true);
    expect(embedded({ HTTP_PORT: "9000" }, first)).toBe(true);
    expect(embedded({ AWS_ENDPOINT_URL: "http://127.0.0.1:4599" })).toBe(false);
    expect(embedded({}, platform(8_080, null, "http://127.0.0.1:4599"))).toBe(false);
    expect(embedded({ STAGE: "prod" })).toBe(false);
  });
});

test("the URL of the API comes from --url, PLATFORM_URL, GATEWAY_URL or HTTP_PORT", () => {
  const gateway = { GATEWAY_URL: "http://gateway:8080", HTTP_PORT: "9000" };
  const env = { PLATFORM_URL: "https://incidents.example.com/", ...gateway };
  expect(resolveUrl({ url: "http://localhost:1/" }, env)).toBe("http://localhost:1");
  expect(resolveUrl({}, env)).toBe("https://incidents.example.com");
  expect(resolveUrl({}, gateway)).toBe("http://gateway:8080");
  expect(resolveUrl({}, { HTTP_PORT: "9000" })).toBe("http://localhost:9000");
  expect(resolveUrl({}, {})).toBe("http://localhost:8080");
});

test("the URL of a stage on AWS is never guessed", () => {
  expect(() => resolveUrl({}, { STAGE: "prod", HTTP_PORT: "9000" })).toThrow(
    "Stage prod is on AWS. Set --url or PLATFORM_URL",
  );
  const url = "https://incidents.example.com";
  expect(resolveUrl({}, { STAGE: "prod", PLATFORM_URL: url })).toBe(url);
  expect(resolveUrl({ stage: "local" }, { STAGE: "prod" })).toBe("http://localhost:8080");
  expect(resolveUrl({}, { STAGE: "test", AWS_ENDPOINT_URL: "http://127.0.0.1:4566" })).toBe(
    "http://localhost:8080",
  );
});
