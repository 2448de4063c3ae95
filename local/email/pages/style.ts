/**
 * The one style sheet of the mailbox pages; nothing is loaded from elsewhere.
 * From: GET /style.css. Next: the browser.
 */
export const styleSheet = `
:root { color-scheme: light dark; --ink: #1b2430; --quiet: #5a6675; --line: #dfe4ea; --page: #f6f7f9;
  --card: #fff; --accent: #0b5cad; --chosen: #e8f1fb; --good: #17693a; --bad: #a4262c; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --quiet: #9aa7b6; --line: #2c3642; --page: #12171d;
  --card: #1a2129; --accent: #7db8f5; --chosen: #20344a; --good: #6fcf97; --bad: #ff8f8f; --warn: #f0c060; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .3rem .6rem; }
header.bar { display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; padding: .65rem 1.25rem;
  background: var(--card); border-bottom: 1px solid var(--line); }
header.bar .name { font-weight: 650; color: inherit; } header.bar .now { margin-left: auto; }
.quiet { color: var(--quiet); font-size: .875rem; }
.frame { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 1.25rem; max-width: 84rem; margin: 0 auto; padding: 1.25rem; }
nav.boxes h2 { font-size: .75rem; letter-spacing: .05em; text-transform: uppercase; color: var(--quiet); margin: .25rem .6rem .4rem; }
nav.boxes ul { list-style: none; margin: 0; padding: 0; }
nav.boxes a { display: flex; gap: .5rem; padding: .3rem .6rem; border-radius: 6px; color: inherit; }
nav.boxes a span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1; }
nav.boxes a:hover { background: var(--chosen); text-decoration: none; }
nav.boxes a[aria-current] { background: var(--chosen); font-weight: 600; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; margin-bottom: 1.1rem; }
.card.list { padding: 0; overflow: hidden; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 0 0 .6rem; }
.mails { list-style: none; margin: 0; padding: 0; }
.mails li { position: relative; display: grid; grid-template-columns: minmax(8rem, 11rem) minmax(0, 1fr) 7rem 3.75rem;
  grid-template-areas: 'who what how when'; gap: 1rem;
  align-items: baseline; padding: .6rem 1.1rem; border-top: 1px solid var(--line); }
.mails li:first-child { border-top: 0; } .mails li:hover { background: var(--chosen); }
.mails .who { grid-area: who; display: flex; gap: .4rem; } .mails .who span:first-child { overflow: hidden; text-overflow: ellipsis; }
.mails .what { grid-area: what; } .mails .how { grid-area: how; } .mails time { grid-area: when; }
.mails li > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails li a.open { color: inherit; font-weight: 600; overflow: visible; } .mails li a.open::after { content: ''; position: absolute; inset: 0; }
.mails li a.open:focus-visible { outline: 0; } .mails li:focus-within { box-shadow: inset 0 0 0 2px var(--accent); }
.mails time { text-align: right; color: var(--quiet); font-size: .875rem; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 999px; border: 1px solid currentColor; font-size: .78rem; white-space: nowrap; }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.warn { color: var(--warn); }
dl { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .2rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .35rem .75rem .35rem 0; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 500; color: var(--quiet); font-size: .875rem; } tr + tr td { border-top: 1px solid var(--line); }
.tabs { display: flex; gap: .25rem; margin: 0 0 .75rem; } .tabs a { padding: .25rem .7rem; border-radius: 6px; }
.tabs a[aria-current] { background: var(--chosen); font-weight: 600; }
iframe { width: 100%; height: min(60vh, 28rem); border: 1px solid var(--line); border-radius: 6px; background: #fff; resize: vertical; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; }
label { display: block; margin: .6rem 0 .2rem; font-weight: 500; } label.check { font-weight: 400; }
input[type=search], select, textarea { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: 6px; padding: .35rem .6rem; max-width: 100%; }
textarea { width: 100%; min-height: 7rem; } button { font: inherit; padding: .35rem .9rem; border-radius: 6px; border: 1px solid var(--quiet); background: var(--card); color: inherit; cursor: pointer; }
button:hover { background: var(--chosen); } button.main { background: var(--accent); border-color: var(--accent); color: var(--card); }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-top: .8rem; }
.notice { border-left: 4px solid var(--good); } .notice.bad { border-left-color: var(--bad); }
.pager { display: flex; justify-content: space-between; margin: 0 .25rem .6rem; }
.empty { padding: 2.5rem 1.25rem; text-align: center; color: var(--quiet); }
@media (max-width: 46rem) { .frame { grid-template-columns: minmax(0, 1fr); padding: .75rem; }
  header.bar .now { margin-left: 0; } dl { grid-template-columns: 1fr; } dt { margin-top: .4rem; }
  nav.boxes ul { max-height: 9rem; overflow: auto; }
  .mails li { grid-template-columns: minmax(0, 1fr) auto; grid-template-areas: 'who when' 'what what' 'how how'; gap: .1rem .75rem; } }
`;
