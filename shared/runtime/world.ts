/** The clock, ids and clients of this execution environment. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { monotonicFactory } from "ulid";
import type { Sha256 } from "../domain/notifications/proof.ts";
import { createSqsClient } from "../queue/producer.ts";
import { createLog } from "../telemetry/logger.ts";
import type { Clock, Digest, MakeSecret, SameSecret } from "../use-cases/ports/system.ts";
import { logConfig } from "./config.ts";
import { endWithRequest } from "./end-with-request.ts";
import { once } from "./once.ts";

export const clock: Clock = () => Date.now();

/** Increasing within a millisecond too, so that what one environment makes sorts as it was made. */
export const ulid = /* @__PURE__ */ monotonicFactory();

export const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

export const digest: Digest = (text) => sha256(text).slice(0, 32);

export const makeSecret: MakeSecret = () => randomBytes(24).toString("base64url");

/** 256 bits. */
export const makeKey: MakeSecret = () => randomBytes(32).toString("base64url");

/** 256 bits, as Standard Webhooks writes them. */
export const makeSigningSecret: MakeSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

/** 128 bits, as long as other platforms' keys are. */
export const makeIntegrationKey: MakeSecret = () => randomBytes(16).toString("hex");

export const sameSecret: SameSecret = (one, other) => {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
};

export const log = /* @__PURE__ */ once(() =>
  createLog(logConfig().LOG_LEVEL, (line) => process.stdout.write(`${line}\n`), clock),
);

export const sqs = /* @__PURE__ */ once(() => endWithRequest(createSqsClient()));
