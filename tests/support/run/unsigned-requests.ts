/** Leaves requests to the emulators unsigned, like the local platform. Signatures take an eighth of the CPU time of their tests. */
import { createRequire } from "node:module";
import { SignatureV4 as PlaceholderSigner } from "../../../localstack/client/placeholder-signer.ts";

interface Signer {
  readonly service: string;
  regionProvider(): Promise<string>;
  sign(request: { readonly headers: Record<string, string> }): Promise<unknown>;
}

const { SignatureV4 } = createRequire(import.meta.url)("@smithy/signature-v4") as {
  SignatureV4: { readonly prototype: Signer };
};

SignatureV4.prototype.sign = async function (request) {
  const region = await this.regionProvider();
  return new PlaceholderSigner({ region, service: this.service }).sign(request);
};
