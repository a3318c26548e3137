/** The style of the report: one calm column, system fonts, nothing loaded from elsewhere; prints well. */
export const style = `
:root { color-scheme: light; --ink: #1c2127; --soft: #5b6672; --line: #dde1e6; --ground: #f6f7f9; --paper: #fff;
  --stop: #9b2c1f; --stop-ground: #fbeceb; --ask: #7a5200; --ask-ground: #fdf3dc; --good: #1e6237; --good-ground: #e8f4ec; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; margin: 3rem 0 .8rem; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .4rem 0; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
code, pre { font: .85rem/1.45 ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace; }
code { overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .8rem 1rem; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 26rem; overflow: auto; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.2rem; margin: .8rem 0; }
.verdict { border-left: 5px solid var(--good); background: var(--good-ground); border-color: #bcdcc7; border-left-color: var(--good); }
.verdict.bad { background: var(--stop-ground); border-color: #ecc5c0; border-left-color: var(--stop); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .8rem; margin: 1.2rem 0 0; }
.figures div { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; }
.figures b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures span { color: var(--soft); font-size: .875rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .7rem .5rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: .82rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tr:last-child td { border-bottom: 0; }
.tag { display: inline-block; padding: .05rem .5rem; border-radius: 999px; font-size: .8rem; font-weight: 600; background: var(--good-ground); color: var(--good); white-space: nowrap; }
.tag.deny, .tag.end { background: var(--stop-ground); color: var(--stop); }
.tag.ask { background: var(--ask-ground); color: var(--ask); }
.tag.plain { background: var(--ground); color: var(--soft); }
.stopped { border-left: 4px solid var(--stop); }
.stopped.ask { border-left-color: #c99a2e; }
.stopped .head { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .25rem .8rem; margin: .7rem 0 0; font-size: .94rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
img { display: block; max-width: min(100%, 34rem); border: 1px solid var(--line); border-radius: 6px; margin-top: .8rem; }
details > summary { cursor: pointer; list-style-position: inside; }
details > summary:focus-visible, a:focus-visible { outline: 2px solid #2457a6; outline-offset: 2px; }
details.episode { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; }
details.episode > summary { padding: .8rem 1.2rem; }
details.episode > div { padding: 0 1.2rem 1rem; }
a { color: #2457a6; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .3rem; } }
@media print { body { background: #fff; } main { max-width: none; padding: 0; } .card, details.episode { break-inside: avoid; } pre { max-height: none; } }
`;
