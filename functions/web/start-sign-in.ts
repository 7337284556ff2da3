import { startSignInContract } from "../../shared/contracts/web/start-sign-in.ts";
import { signInEndpoint } from "../../shared/runtime/sign-in/sign-in-endpoint.ts";
import { startSignIn } from "../../shared/web/pages/sign-in/provider.tsx";

export const handler = signInEndpoint(startSignInContract, startSignIn, { stores: () => ({}) });
