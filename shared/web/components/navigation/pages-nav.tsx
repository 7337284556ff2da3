/** Links to other pages of a list; null: no such page. */
export function PagesNav({
  newest,
  older,
}: {
  readonly newest: string | null;
  readonly older: string | null;
}) {
  if (newest === null && older === null) return null;
  return (
    <nav class="pages" aria-label="Pages">
      {newest !== null && <a href={newest}>Newest</a>}
      {older !== null && <a href={older}>Older</a>}
    </nav>
  );
}
