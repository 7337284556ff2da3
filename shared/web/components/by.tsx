/** The actor of an action, if known. */
export function By({ actor }: { readonly actor: string | null }) {
  if (actor === null) return null;
  return (
    <>
      by <bdi>{actor}</bdi>
    </>
  );
}
