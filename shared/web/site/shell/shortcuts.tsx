const shortcuts = [
  ["j, k", "Next or previous row"],
  ["x", "Select the row"],
  ["Enter", "Open the row"],
  ["a", "Acknowledge the selected incidents, or the open one"],
  ["r", "Resolve the selected incidents, or the open one"],
  ["/, Ctrl K", "Search"],
  ["?", "Show this list"],
] as const;

/** The list of keyboard shortcuts, which our script opens. */
export function Shortcuts() {
  return (
    <dialog id="shortcuts" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <dl class="details">
        {shortcuts.map(([key, meaning]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </>
        ))}
      </dl>
      <form method="dialog" class="stack">
        <label class="check">
          <input type="checkbox" data-shortcuts-on checked /> Enable keyboard shortcuts
        </label>
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
