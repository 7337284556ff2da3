import { readFromSsm, secretsLoader } from "../aws/parameter-store.ts";

export const loadSecrets = secretsLoader(process.env, readFromSsm);
