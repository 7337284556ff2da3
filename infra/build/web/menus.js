/** Menus of the frame and forms of an incident, which open below a button. */
const menus = "#identity, #more";
const menusAndForms = `${menus}, .incident-actions > details`;

/** Closes the menu or form around an element. Its focus goes back to the button. */
export function closeAround(element) {
  const details = element.closest?.(menusAndForms);
  if (!details?.open) return;
  const hasFocus = details.contains(document.activeElement);
  details.open = false;
  if (hasFocus) details.querySelector("summary")?.focus({ preventScroll: true });
}

document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape") closeAround(target);
});
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(menus)) if (!menu.contains(target)) menu.open = false;
});
