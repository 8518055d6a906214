// How the page of the matrix looks: on a screen by day and by night, and on paper.

export const STYLE = `:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --soft: #5a636e; --line: #d5dae0; --head: #f2f4f7;
  --allow: #0b6b35; --allow-paper: #e3f4e9; --conditional: #7a4b00; --conditional-paper: #fdf0d2;
  --deny: #a3171c; --deny-paper: #fbe4e4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --ink: #e8ebef; --soft: #a4adb8; --line: #343b44; --head: #1e2329;
    --allow: #7fdca0; --allow-paper: #12301f; --conditional: #f0c36a; --conditional-paper: #35290f;
    --deny: #ff9c9c; --deny-paper: #3a1719;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, p, li { overflow-wrap: anywhere; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
header p { margin: .25rem 0; color: var(--soft); max-width: 50rem; }
code { font: .85em ui-monospace, monospace; color: var(--soft); overflow-wrap: anywhere; }
.summary { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0 0; }
.summary div { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; min-width: 7rem; }
.summary dt { color: var(--soft); font-size: .85rem; }
.summary dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.legend { list-style: none; margin: .5rem 0 0; padding: 0; display: grid; gap: .35rem; }
.sign { display: inline-block; width: 1.75rem; border-radius: .25rem; text-align: center; font-weight: 700; }
section p { max-width: 50rem; margin: .25rem 0 .5rem; }
.scroll, .wide { position: relative; overflow: auto; max-width: 100%; border: 1px solid var(--line); border-radius: .5rem; }
.scroll { width: fit-content; max-height: 85vh; }
.scroll:focus-visible, .wide:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
table { border-collapse: separate; border-spacing: 0; }
caption { text-align: left; padding: .5rem .75rem; color: var(--soft); }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .75rem; text-align: left; vertical-align: top; }
.scroll td { text-align: center; font-weight: 700; border-left: 1px solid var(--line); }
.scroll thead th { position: sticky; top: 0; z-index: 2; background: var(--head); vertical-align: bottom;
  min-width: 6rem; border-left: 1px solid var(--line); }
.scroll thead code { display: block; }
.scroll .corner { left: 0; z-index: 3; border-left: 0; min-width: 11rem; }
.scroll tbody th[scope="row"] { position: sticky; left: 0; z-index: 1; background: var(--paper); font-weight: 400;
  padding-left: 1.5rem; }
.resource th { background: var(--head); }
.resource th div { position: sticky; left: .75rem; display: inline-block; }
.requires { margin-left: .5rem; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .8rem;
  font-weight: 400; }
.allow { background: var(--allow-paper); color: var(--allow); }
.conditional { background: var(--conditional-paper); color: var(--conditional); }
.deny { background: var(--deny-paper); color: var(--deny); }
.nothing { color: var(--soft); }
.facts { width: 100%; }
.facts td { min-width: 7rem; }
.facts td:nth-child(2) { min-width: 12rem; }
.facts tr:last-child > * { border-bottom: 0; }
.facts thead th { background: var(--head); }
.facts tbody th { font-weight: 600; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print {
  @page { size: landscape; margin: 12mm; }
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 8pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .scroll, .wide { overflow: visible; max-height: none; border: 0; }
  .scroll thead th:not(.corner) { writing-mode: vertical-rl; min-width: 0; padding: .5rem .15rem; }
  .scroll td { padding: .15rem; }
  .scroll thead th, .scroll tbody th[scope="row"], .resource th div { position: static; }
  thead { display: table-header-group; }
  tr, .legend li, .summary div { break-inside: avoid; }
  .resource { break-after: avoid; }
  h2 { break-after: avoid; }
}
`;
