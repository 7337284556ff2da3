import { pageHref } from "../routes.ts";
import { Icon } from "./icon.tsx";

/** Leads to the search, which our script shows in a dialog. */
export function SearchLink() {
  return (
    <a href={pageHref("search")} class="search-link" data-search aria-keyshortcuts="/ Control+K">
      <Icon name="search" />
      <span>Search</span>
      <kbd class="needs-script">/</kbd>
    </a>
  );
}

/** The search as one types, over any page. Without our script it stays closed. */
export function SearchDialog() {
  return (
    <dialog id="search" aria-label="Search">
      <search>
        <form action={pageHref("search")}>
          <label for="search-text" class="hidden">
            Search for
          </label>
          <input
            id="search-text"
            type="text"
            enterkeyhint="search"
            name="q"
            placeholder="Incident number or title, service, team or person"
            autocomplete="off"
            hx-get={pageHref("search")}
            hx-trigger="input changed delay:150ms"
            hx-target="#search-found"
            hx-select="#found"
            hx-swap="innerHTML ignoreTitle:true"
            hx-sync="this:replace"
          />
        </form>
      </search>
      <div id="search-found" aria-live="polite" />
    </dialog>
  );
}
