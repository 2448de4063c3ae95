/**
 * How the checkout pages look.
 * From: nothing outside. Next: `GET /c/checkout.css`.
 */
export const checkoutCss = `
:root { color-scheme: light; --ink: #1b2430; --quiet: #5a6675; --line: #d9dfe6; --act: #0f5f5c; --bad: #a3211b; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #f4f6f8; }
a { color: var(--act); }
.quiet, .hint { color: var(--quiet); }
.test-notice { margin: 0; padding: .5rem 1rem; text-align: center; font-size: .875rem; background: #fff3d6; border-bottom: 1px solid #ecd9a4; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
.order, .payment, .notice { padding: 1rem; }
.payment, .notice { background: #fff; border: 1px solid var(--line); border-radius: 12px; padding: 1.5rem; }
.notice { max-width: 32rem; margin: 3rem auto; }
.merchant { margin: 0 0 1.5rem; font-weight: 600; }
h1 { margin: 0 0 1.5rem; font-size: 2rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
h1 .quiet { display: block; font-size: 1rem; font-weight: 400; }
.notice h1 { font-size: 1.5rem; margin-bottom: .75rem; }
.lines { list-style: none; margin: 0; padding: 0; }
.lines li, .total { display: flex; justify-content: space-between; gap: 1rem; padding: .75rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.lines li > :last-child, .total > :last-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
.lines .quiet { display: block; font-size: .875rem; }
.total { margin: 0 0 1.5rem; font-weight: 600; border: 0; }
.problem { margin: 0 0 1.25rem; padding: .75rem 1rem; color: var(--bad); background: #fdf0ef; border: 1px solid #f0c9c6; border-radius: 8px; font-weight: 600; }
.field { display: block; margin: 0 0 1.25rem; font-size: .875rem; font-weight: 600; }
.field input { display: block; width: 100%; margin-top: .375rem; padding: .625rem .75rem; font: inherit; font-size: 1rem; font-weight: 400; color: inherit; border: 1px solid #8d98a5; border-radius: 8px; }
.field span { display: block; margin-top: .125rem; font-size: 1rem; font-weight: 400; overflow-wrap: anywhere; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; margin-bottom: .375rem; font-size: .875rem; font-weight: 600; }
.choice { display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; padding: .75rem; border: 1px solid var(--line); cursor: pointer; }
.choice + .choice { border-top: 0; }
.choice:first-of-type { border-radius: 8px 8px 0 0; }
.choice:last-of-type { border-radius: 0 0 8px 8px; }
.choice:has(:checked) { background: #eef6f5; }
.choice input { grid-row: span 2; align-self: center; width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--act); }
.choice .hint { grid-column: 2; font-size: .875rem; }
details { margin-bottom: 1.25rem; }
summary { padding: .25rem 0; font-size: .875rem; color: var(--quiet); cursor: pointer; }
details fieldset { margin: .5rem 0 0; }
details legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
button { width: 100%; min-height: 3rem; padding: .75rem 1rem; font: inherit; font-weight: 600; color: #fff; background: var(--act); border: 0; border-radius: 8px; cursor: pointer; font-variant-numeric: tabular-nums; }
button:hover { background: #0a4745; }
:focus-visible { outline: 3px solid #1a73c7; outline-offset: 2px; }
@media (min-width: 52rem) { main { grid-template-columns: 1fr 1fr; gap: 3rem; padding-top: 4rem; } main:has(.notice) { display: block; } .order { padding: 1.5rem 0; } }
`;
