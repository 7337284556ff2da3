import { ActionForm } from "../../components/forms/action-form.tsx";
import { TextField } from "../../components/forms/fields.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { mostViews, type SavedViews, viewQuery } from "./saved-views.ts";

interface SavedViewsProps {
  readonly views: SavedViews;
  /** Query string of the list as it is shown now; empty for the default. */
  readonly query: string;
  readonly viewing: Viewing;
}

/** Links to the viewer's saved filters, and forms that save or delete one. */
export function SavedViewLinks({ views, query, viewing }: SavedViewsProps) {
  const isSaved = views.some((view) => view.query === query);
  const maySave = query !== "" && !isSaved && views.length < mostViews && viewQuery.safeParse(query).success;
  if (views.length === 0 && !maySave) return null;
  return (
    <nav class="views" aria-label="Saved views">
      {views.map((view) => (
        <span class="view">
          <a
            href={`${pageHref("incidents")}?${view.query}`}
            aria-current={view.query === query ? "page" : undefined}
          >
            <bdi>{view.name}</bdi>
          </a>
          {view.query === query && (
            <ActionForm action="change-views" viewing={viewing} plain>
              <input type="hidden" name="remove" value={view.name} />
              <button type="submit" class="plain">
                Delete view <bdi>{view.name}</bdi>
              </button>
            </ActionForm>
          )}
        </span>
      ))}
      {maySave && (
        <details id="save-view">
          <summary>Save this view</summary>
          <ActionForm action="change-views" viewing={viewing} plain class="inline">
            <input type="hidden" name="query" value={query} />
            <TextField
              field={{ id: "view-name", name: "name" }}
              label="Name of the view"
              maxlength={40}
              required
            />
            <button type="submit">Save view</button>
          </ActionForm>
        </details>
      )}
    </nav>
  );
}
