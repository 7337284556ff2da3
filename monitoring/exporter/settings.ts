/** Settings of the exporter only; `.env.example` describes them. */
interface Settings {
  readonly host: string;
  readonly port: number;
  /** URL without a trailing slash. */
  readonly gatewayUrl: string;
  /** Host names in lower case. */
  readonly allowedHosts: readonly string[];
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.EXPORTER_PORT || 9_464);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`EXPORTER_PORT must be a port number, not "${env.EXPORTER_PORT}".`);
  }
  const gatewayUrl = env.GATEWAY_URL || `http://127.0.0.1:${env.HTTP_PORT || 8_080}`;
  if (!URL.canParse(gatewayUrl)) throw new Error(`GATEWAY_URL must be a URL, not "${gatewayUrl}".`);
  return {
    host: env.EXPORTER_HOST || "127.0.0.1",
    port,
    gatewayUrl: gatewayUrl.replace(/\/+$/, ""),
    allowedHosts: (env.ALLOWED_HOSTS ?? "").split(",").map((host) => host.trim().toLowerCase()),
  };
}
