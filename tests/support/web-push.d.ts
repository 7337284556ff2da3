/** The parts of untyped reference clients of Web Push that tests compare with. */

declare module "web-push" {
  const webPush: {
    generateVAPIDKeys(): { publicKey: string; privateKey: string };
    getVapidHeaders(
      audience: string,
      subject: string,
      publicKey: string,
      privateKey: string,
      contentEncoding: "aes128gcm",
      expiration: number,
    ): { readonly Authorization: string };
  };
  export default webPush;
}

declare module "http_ece" {
  import type { ECDH } from "node:crypto";

  const ece: {
    decrypt(message: Buffer, options: { version: "aes128gcm"; privateKey: ECDH; authSecret: Buffer }): Buffer;
  };
  export default ece;
}

declare module "web-push-testing/src/PushApiModel.js" {
  interface Subscription {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  }

  export class PushApiModel {
    notifyUrl: string;
    readonly messages: Readonly<Record<string, string[]>>;
    subscribe(options: { applicationServerKey: string; userVisibleOnly: "true" }): Promise<Subscription>;
    handleNotification(
      clientHash: string,
      headers: Readonly<Record<string, string | undefined>>,
      body: Buffer,
    ): Promise<unknown>;
    expireSubscription(clientHash: string): void;
  }
}
