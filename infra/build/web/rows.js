/** Rows of a list: moving through them, selecting them and acting on the selection. */

const rows = () => [...document.querySelectorAll("[data-row]")];
const boxOf = (row) => row?.querySelector("input[type=checkbox]");
const boxes = () => rows().flatMap((row) => boxOf(row) ?? []);
const focusedRow = () => document.activeElement?.closest("[data-row]");

/** Shows how many rows are selected. Buttons that act on a selection are disabled without one. */
export function countSelected() {
  const all = boxes();
  const selected = all.filter(({ checked }) => checked).length;
  for (const output of document.querySelectorAll("[data-selected]")) {
    output.textContent = selected;
    for (const button of output.closest("form")?.querySelectorAll("button") ?? []) {
      if (selected === 0 && button === document.activeElement) focusList();
      button.disabled = selected === 0;
    }
  }
  for (const box of document.querySelectorAll("[data-select-all]")) {
    box.checked = selected > 0 && selected === all.length;
    box.indeterminate = selected > 0 && selected < all.length;
  }
}

/** Moves the focus from a button that is about to be disabled, and would lose it, to the first row. */
function focusList() {
  const list = document.querySelector("[data-row] a") ?? document.getElementById("main");
  list?.focus({ preventScroll: true });
}

export function move(step) {
  const all = rows();
  const at = all.indexOf(focusedRow());
  const to = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
  to?.querySelector("a")?.focus();
  to?.scrollIntoView({ block: "nearest" });
}

export function toggle() {
  const box = boxOf(focusedRow());
  if (!box) return;
  box.checked = !box.checked;
  countSelected();
}

/** Acknowledges or resolves the selected rows, otherwise the focused one. */
export function respond(value) {
  const button = document.querySelector(`#respond button[value=${value}]`);
  if (!button) return;
  if (rows().length > 0 && !boxes().some(({ checked }) => checked)) {
    const focused = boxOf(focusedRow());
    if (!focused) return;
    focused.checked = true;
    countSelected();
  }
  button.click();
}

// Shift selects all rows between two.
let lastBox;
document.addEventListener("click", ({ target, shiftKey }) => {
  if (target.matches("[data-select-all]")) {
    for (const box of boxes()) box.checked = target.checked;
    return;
  }
  const all = boxes();
  if (!all.includes(target)) return;
  if (shiftKey && all.includes(lastBox)) {
    const [from, to] = [all.indexOf(lastBox), all.indexOf(target)].sort((a, b) => a - b);
    for (const box of all.slice(from, to + 1)) box.checked = target.checked;
  }
  lastBox = target;
});
