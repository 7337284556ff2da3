import { mostRows } from "./download.ts";

interface DownloadLinksProps {
  readonly names: readonly string[];
  readonly here: string;
  /** Parameters of the address that the page ignores. */
  readonly without?: readonly string[];
}

/** Links to the tables of a page as files, which have the filter of the page and start where it starts. */
export function DownloadLinks({ names, here, without = [] }: DownloadLinksProps) {
  if (names.length === 0) return null;
  const [path, query] = here.split("?");
  const hrefOf = (name: string) => {
    const asked = new URLSearchParams(query);
    for (const each of without) asked.delete(each);
    asked.set("csv", name);
    return `${path}?${asked}`;
  };
  return (
    <p class="downloads quiet">
      {names.length > 1 && "Download CSV:"}
      {names.map((name) => (
        <a href={hrefOf(name)}>{names.length > 1 ? `${name}.csv` : "Download CSV"}</a>
      ))}
      <span>Up to {mostRows.toLocaleString("en")} rows</span>
    </p>
  );
}
