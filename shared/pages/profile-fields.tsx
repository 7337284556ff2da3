/** Who somebody is, besides their address. */
export function ProfileFields({ name, timezone }: { readonly name: string; readonly timezone: string }) {
  return (
    <>
      <label for="name">Name</label>
      <input id="name" name="name" value={name} required maxlength={255} autocomplete="off" />
      <label for="timezone">Time zone</label>
      <input
        id="timezone"
        name="timezone"
        value={timezone}
        required
        maxlength={64}
        aria-describedby="timezone-hint"
      />
      <p class="hint" id="timezone-hint">
        Like Europe/Berlin or America/New_York.
      </p>
    </>
  );
}
