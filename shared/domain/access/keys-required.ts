/**
 * Returns true if requests need a key or a session, given the settings of a stage. Only stage local can do without, where
 * neither AUTH=required nor an identity provider is set.
 */
export function areKeysRequired(settings: {
  readonly STAGE?: string | undefined;
  readonly AUTH?: string | undefined;
  readonly OIDC_ISSUER?: string | undefined;
}): boolean {
  return settings.STAGE !== "local" || settings.AUTH === "required" || Boolean(settings.OIDC_ISSUER);
}
