/** Stylesheet of all pages. Every pair of colors has a contrast of at least 4.5 : 1 (WCAG AA). */
export const stylesheet = `
:root { color-scheme: light dark; --text: #1b1d21; --quiet: #575c66; --paper: #fff; --line: #cdd2da;
  --button: #0b5cad; --on-button: #fff; --alarm: #b00020; }
@media (prefers-color-scheme: dark) {
  :root { --text: #eceef2; --quiet: #adb3bf; --paper: #16181d; --line: #3c414b;
    --button: #8ab8ff; --on-button: #0b1a2b; --alarm: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 1.125rem; }
p { margin: 0 0 1rem; }
.subject { font-weight: 600; white-space: pre-line; }
.quiet { color: var(--quiet); }
.critical { color: var(--alarm); font-weight: 700; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; margin: 0 0 1.5rem;
  padding: 1rem 0; border: solid var(--line); border-width: 1px 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: .5rem 0; border-bottom: 1px solid var(--line); }
li time { display: block; color: var(--quiet); font-size: .875rem; }
button { width: 100%; min-height: 3.25rem; padding: .75rem 1rem; border: 0; border-radius: .5rem;
  background: var(--button); color: var(--on-button); font: inherit; font-size: 1.125rem; font-weight: 600;
  cursor: pointer; }
button:focus-visible { outline: 3px solid var(--text); outline-offset: 3px; }
`;
