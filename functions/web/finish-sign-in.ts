import { finishSignInContract } from "../../shared/contracts/web/finish-sign-in.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { providerSessions, usedTokens } from "../../shared/runtime/later/stores.ts";
import { signInEndpoint } from "../../shared/runtime/sign-in/sign-in-endpoint.ts";
import { wire } from "../../shared/runtime/site/wire.ts";
import { accessEvents, sessionAccounts, users } from "../../shared/runtime/stores.ts";
import { ulid } from "../../shared/runtime/system.ts";
import { recordSignIn } from "../../shared/use-cases/access/sign-in/record-sign-in.ts";
import { finishSignIn } from "../../shared/web/pages/sign-in/provider.tsx";

export const handler = signInEndpoint(finishSignInContract, finishSignIn, {
  stores: () => ({
    sha256,
    usedTokens: usedTokens(),
    recordAccess: accessEvents(),
    providerSessions: providerSessions(),
    recordSignIn: wire(recordSignIn, () => ({ accounts: sessionAccounts(), users: users(), ulid })),
  }),
});
