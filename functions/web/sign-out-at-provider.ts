import { signOutAtProviderContract } from "../../shared/contracts/web/sign-out-at-provider.ts";
import { providerSessions } from "../../shared/runtime/later/stores.ts";
import { signInEndpoint } from "../../shared/runtime/sign-in/sign-in-endpoint.ts";
import { signOutAtProvider } from "../../shared/web/pages/sign-in/provider.tsx";

export const handler = signInEndpoint(signOutAtProviderContract, signOutAtProvider, {
  stores: () => ({ providerSessions: providerSessions() }),
  withPage: true,
});
