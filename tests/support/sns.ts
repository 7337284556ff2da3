/** Messages signed like Amazon SNS, with a test key and certificate. */

import { sign } from "node:crypto";
import * as z from "zod";
import { signedText, snsMessage } from "../../shared/integrations/sns/signature.ts";
import type { IntegrationContext } from "../../shared/use-cases/ports/integration-context.ts";
import { selfSigned } from "./platform/tls.ts";

export const snsFields = z.record(z.string(), z.unknown());

let made: ReturnType<typeof selfSigned> | undefined;
function pems(): ReturnType<typeof selfSigned> {
  made ??= selfSigned(["rsa:2048"]);
  return made;
}

/** Signs with SignatureVersion 1 or 2. */
export function signedBySns(fields: z.output<typeof snsFields>): z.output<typeof snsFields> {
  const message = snsMessage.parse(fields);
  const algorithm = message.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256";
  const signature = sign(algorithm, Buffer.from(signedText(message)), pems().key);
  return { ...fields, Signature: signature.toString("base64") };
}

/** Serves the certificate for every SigningCertURL. Other requests fail. */
export const fetchOfSns: IntegrationContext["fetch"] = (url) =>
  new URL(url).pathname.endsWith(".pem")
    ? Promise.resolve({ status: 200, body: pems().cert })
    : Promise.reject(new Error("no request is expected"));
