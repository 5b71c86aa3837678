/** The look of a report's page, on screens of any width and on paper. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #17211f; --muted: #53625f; --line: #dae2e0; --ground: #fff; --sunken: #eaefed; --accent: #0f6d63; --soft: #e2f2ef; --bar: #9aa9a5 }
@media (prefers-color-scheme: dark) { :root { --text: #e4ecea; --muted: #a2b2ae; --line: #34413f; --ground: #1a2322; --sunken: #0c1110; --accent: #5cb9ab; --soft: #153530; --bar: #667773 } }
@media print { :root { color-scheme: light; --text: #17211f; --muted: #53625f; --line: #dae2e0; --ground: #fff; --sunken: #eaefed; --accent: #0f6d63; --soft: #e2f2ef; --bar: #9aa9a5 } }
* { box-sizing: border-box }
body { max-width: 56rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere }
h2 { margin: 2rem 0 .5rem; font-size: 1.1875rem; break-after: avoid }
p, ul, dl { margin: .375rem 0 }
.muted { color: var(--muted) }
.verdict { margin-top: 1.25rem; padding: 1.25rem; border-radius: .75rem; background: var(--soft); print-color-adjust: exact }
.verdict strong { font-size: 1.25rem; line-height: 1.35 }
.scroll { overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: .9375rem }
th, td { padding: .4375rem .75rem .4375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
thead th { color: var(--muted); font-weight: 500 }
tr { break-inside: avoid }
.bar { height: .5rem; margin-top: .25rem; border-radius: .25rem; background: var(--bar); print-color-adjust: exact }
.bar.after { background: var(--accent) }
.marked { background: var(--soft); print-color-adjust: exact }
dt { margin-top: .5rem; font-weight: 600 }
dd { margin: 0; color: var(--muted); overflow-wrap: anywhere }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
figure { margin: 0 }
svg { display: block; width: 100%; height: auto }
svg text { fill: var(--muted); font: 13px system-ui, sans-serif }
footer { margin-top: 2.5rem; color: var(--muted); font-size: .875rem }
`
