import { receiveLogoutContract } from "../../shared/contracts/web/receive-logout.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { providerSessions, usedTokens } from "../../shared/runtime/later/stores.ts";
import { provider } from "../../shared/runtime/sign-in/provider.ts";
import { accessEvents, sessionAccounts } from "../../shared/runtime/stores.ts";
import { endProviderSessions } from "../../shared/use-cases/access/sign-in/end-sessions.ts";

export const handler = openEndpoint(receiveLogoutContract, async ({ body, now }) => {
  const token = new URLSearchParams(body).get("logout_token") ?? "";
  const logout = await provider().readLogout(token, now);
  const deps = {
    accounts: sessionAccounts(),
    providerSessions: providerSessions(),
    usedTokens: usedTokens(),
    recordAccess: accessEvents(),
    sha256,
  };
  await endProviderSessions(deps, logout, now);
  return new Response(null, { status: 200 });
});
