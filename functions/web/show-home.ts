import { showHomeContract } from "../../shared/contracts/web/show-home.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";

export const handler = endpoint(
  showHomeContract,
  async () => new Response(null, { status: 302, headers: { location: "/docs" } }),
);
