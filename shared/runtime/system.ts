/** Clock, IDs and clients of this execution environment. */
import { randomBytes } from "node:crypto";
import { monotonicFactory } from "ulid";
import { endWithRequest } from "../aws/end-with-request.ts";
import { lazy } from "../caching/lazy.ts";
import { matchesAny } from "../crypto/hmac.ts";
import { randomFraction } from "../crypto/random-fraction.ts";
import { sha256 } from "../crypto/sha256.ts";
import { createSqsClient } from "../queue/producer.ts";
import { createLog } from "../telemetry/logger.ts";
import type { Clock, Digest, MakeSecret, SameSecret, Ulid } from "../use-cases/ports/system.ts";
import { logConfig } from "./config.ts";

export const clock: Clock = () => Date.now();

const monotonic = lazy(() => monotonicFactory(randomFraction));

/** Monotonic within a millisecond, so that IDs of one environment sort by creation. */
export const ulid: Ulid = (now) => monotonic()(now);

export const digest: Digest = (text) => sha256(text).slice(0, 32);

export const makeSecret: MakeSecret = () => randomBytes(24).toString("base64url");

/** 256 bits. */
export const makeKey: MakeSecret = () => randomBytes(32).toString("base64url");

/** 256 bits, in the format of Standard Webhooks. */
export const makeSigningSecret: MakeSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

/** 128 bits, the usual key length of other platforms. */
export const makeIntegrationKey: MakeSecret = () => randomBytes(16).toString("hex");

/** Compares digests, because the time of a comparison depends on the lengths. */
export const sameSecret: SameSecret = (one, other) => matchesAny(sha256(one), [sha256(other)]);

export const log = lazy(() =>
  createLog(logConfig().LOG_LEVEL, (line) => process.stdout.write(`${line}\n`), clock),
);

export const sqs = lazy(() => endWithRequest(createSqsClient()));
