/** Leaves requests to the emulators unsigned, like the local platform. Signatures take an eighth of the CPU time of their tests. */
import { createRequire } from "node:module";
import { SignatureV4 as PlaceholderSigner } from "../../../localstack/client/placeholder-signer.ts";

type Sign = (
  request: { readonly headers: Record<string, string> },
  scope: { readonly signingRegion: string; readonly signingService: string },
) => Promise<unknown>;

const { SignatureV4 } = createRequire(import.meta.url)("@smithy/signature-v4") as {
  SignatureV4: { readonly prototype: { sign: Sign } };
};

SignatureV4.prototype.sign = (request, { signingRegion: region, signingService: service }) =>
  new PlaceholderSigner({ region, service }).sign(request);
