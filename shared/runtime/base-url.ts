import { baseUrl } from "../http/base-url.ts";
import { edgeConfig } from "./config.ts";

export const baseUrlOf = (headers: Headers) => baseUrl(edgeConfig().PUBLIC_URL, headers);
