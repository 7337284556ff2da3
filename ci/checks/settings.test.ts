import { expect, it } from "vitest";
import { settingFaults } from "./settings.ts";

// Variables of serverless, not of templates.
const env = (name: string, value: string) => `\${env:${name}, '${value}'}`;

const sources = {
  example: "# Where it listens.\nHTTP_PORT=8080\n\n# How much it says.\n# LOG_LEVEL=info\n",
  environment: `LOG_LEVEL: ${env("LOG_LEVEL", "info")}\nTABLE_NAME: derived\n`,
  config: "  z.object({ LOG_LEVEL: z.string() }),\n  z.object({\n    TABLE_NAME: z.string(),\n  })",
  own: [],
  service: `httpPort: ${env("HTTP_PORT", "8080")}`,
  compose: "",
  code: [],
};

it("settings that are explained, read and passed on are fine", () => {
  expect(settingFaults(sources)).toEqual([]);
});

it("a setting needs a comment right above it", () => {
  expect(settingFaults({ ...sources, example: `${sources.example}\nDATA_DIR=.data\n` })[0]).toContain(
    "DATA_DIR has no comment",
  );
});

it("a setting that code reads and no document explains is reported", () => {
  expect(settingFaults({ ...sources, code: ["env.DATA_DIR"] })).toEqual([
    ".env.example: DATA_DIR is read but missing",
  ]);
});

it("the settings of containers are documented", () => {
  const image = `image: $\{IMAGE_TAG:-latest}`;
  expect(settingFaults({ ...sources, compose: image })).toEqual([
    ".env.example: IMAGE_TAG is read but missing",
  ]);
});

it("settings of channels are explained, and reach their function by themselves", () => {
  const own = ["PAGER_TOKEN"];
  expect(settingFaults({ ...sources, own })).toEqual([".env.example: PAGER_TOKEN is read but missing"]);
  const example = `${sources.example}# Token of the pager.\nPAGER_TOKEN=\n`;
  expect(settingFaults({ ...sources, own, example })).toEqual([]);
});

it("settings that nothing reads are not listed", () => {
  expect(settingFaults({ ...sources, service: "" })).toEqual([".env.example: nothing reads HTTP_PORT"]);
});

it("functions receive every setting that the configuration reads", () => {
  expect(settingFaults({ ...sources, environment: "TABLE_NAME: x\n" })).toEqual([
    "infra/stack/environment.yml: LOG_LEVEL of shared/runtime/config.ts is not passed to functions",
  ]);
});
