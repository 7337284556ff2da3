/** Set in the process that only resolves serverless.yml, and hands the result over. */
export const RESOLVE_ONLY = "RESOLVE_ONLY";
