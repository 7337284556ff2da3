/**
 * Keeps the result of a form in view, wherever on the page it was sent, until the next click or key. Then it is at the
 * top of the page.
 */
const flash = () => document.getElementById("flash");

export function showResult() {
  const notice = flash();
  if (!notice?.firstElementChild) return;
  // Put in afresh, it is announced although its text is that of the result before.
  notice.replaceChildren(...notice.children);
  notice.classList.add("in-view");
}

const leave = () => flash()?.classList.remove("in-view");
document.addEventListener("click", leave);
document.addEventListener("keydown", leave);
