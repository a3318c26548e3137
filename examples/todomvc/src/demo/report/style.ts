/** Look of the report: follows the reader's light or dark setting, fits small screens, and prints. */
export const style = `
:root { color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #16181a); --card: light-dark(#fff, #1e2124); --ink: light-dark(#1d2326, #e8e6e1);
  --soft: light-dark(#5f686c, #a2a8ab); --line: light-dark(#e2dfd7, #33383c);
  --good: light-dark(#0f766e, #3fb8a8); --good-soft: light-dark(#d5ece8, #1d3f3b);
  --warn: light-dark(#b45309, #e0a253); --bad: light-dark(#b42318, #f0776b); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
header, main, footer { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0.2rem 0 0.5rem; text-wrap: balance; }
h2 { font-size: 1.3rem; letter-spacing: -0.01em; margin: 3.5rem 0 0.3rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 0.5rem; }
p { margin: 0.3rem 0 0.8rem; max-width: 46rem; }
.kicker { color: var(--good); font-weight: 650; letter-spacing: 0.06em; text-transform: uppercase; font-size: 0.78rem; margin: 0; }
.lead { color: var(--soft); font-size: 1.05rem; }
.note { color: var(--soft); font-size: 0.9rem; }
code { font: 0.88em ui-monospace, SFMono-Regular, Menlo, monospace; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.9rem; margin: 1.4rem 0 1.2rem; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0.9rem 1.1rem 1rem; }
.tile h3 { margin: 0; font-size: 0.9rem; font-weight: 600; display: flex; justify-content: space-between; }
.tile .value { font-size: 2.3rem; font-weight: 680; letter-spacing: -0.03em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile .value small { font-size: 0.85rem; font-weight: 450; letter-spacing: 0; color: var(--soft); margin-left: 0.5rem; }
.tile p { margin: 0.5rem 0 0; font-size: 0.85rem; color: var(--soft); line-height: 1.4; }
.passed { color: var(--good); } .missed { color: var(--bad); }
.meter { position: relative; height: 8px; border-radius: 4px; background: var(--line); margin-top: 0.35rem; }
.meter i { position: absolute; inset: 0 auto 0 0; border-radius: 4px; background: var(--good); }
.missed-tile .meter i { background: var(--bad); }
.meter b { position: absolute; top: -3px; bottom: -3px; width: 2px; background: var(--ink); }
.times { display: flex; height: 1.7rem; border-radius: 8px; overflow: hidden; border: 1px solid var(--line); }
.times span { display: block; min-width: 3px; padding: 0; background: var(--good-soft); border-right: 1px solid var(--paper); overflow: hidden; font-size: 0.75rem; line-height: 1.7rem; text-indent: 0.45rem; white-space: nowrap; text-overflow: ellipsis; }
.times span:nth-child(even) { background: color-mix(in srgb, var(--good-soft) 60%, var(--card)); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.9rem; margin: 0.4rem 0 1.6rem; }
.pair figure { margin: 0; }
.shot { overflow: hidden; aspect-ratio: 8 / 5; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
.shot img { display: block; width: 160%; margin-left: -30%; }
.pair figcaption { font-size: 0.8rem; color: var(--soft); margin-bottom: 0.25rem; }
.badge { display: inline-block; font-size: 0.75rem; font-weight: 600; padding: 0.05rem 0.5rem; border-radius: 99px; background: var(--good-soft); color: var(--good); vertical-align: 1px; }
.badge.ambiguous, .badge.content { background: color-mix(in srgb, var(--warn) 18%, transparent); color: var(--warn); }
.badge.unseen, .badge.different { background: color-mix(in srgb, var(--bad) 16%, transparent); color: var(--bad); }
.strip { display: flex; align-items: center; gap: 0.7rem; margin: 3px 0; }
.strip code { width: 4rem; color: var(--soft); }
.strip div { display: flex; gap: 3px; flex-wrap: wrap; }
.cell { width: 15px; height: 15px; border-radius: 3px; background: var(--good); }
.cell.different { background: var(--warn); } .cell.refused { background: var(--bad); }
.cell.unreached { background: none; border: 1px dashed var(--soft); }
.legend { display: flex; gap: 1.2rem; font-size: 0.85rem; color: var(--soft); margin: 0.6rem 0 0.9rem; flex-wrap: wrap; }
.legend span { display: flex; align-items: center; gap: 0.35rem; }
.bars { max-width: 46rem; }
.bars div { display: grid; grid-template-columns: 19rem 1fr 4rem; gap: 0.8rem; align-items: center; font-size: 0.88rem; margin: 0.25rem 0; }
.bars .meter { margin: 0; } .bars .other i { background: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 0.78rem; }
th, td { padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.mark, th.mark { text-align: center; width: 4.2rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.rules { display: grid; grid-template-columns: repeat(auto-fill, minmax(27rem, 1fr)); gap: 0.8rem; }
.rule { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.7rem 0.95rem; font-size: 0.88rem; overflow-wrap: anywhere; }
.rule b { font-weight: 620; } .rule ul { margin: 0.35rem 0; padding-left: 1.1rem; }
.rule p { margin: 0.3rem 0 0; color: var(--soft); font-size: 0.8rem; }
details summary { cursor: pointer; color: var(--soft); font-size: 0.9rem; margin: 0.5rem 0; }
.misses { padding-left: 1.1rem; } .misses li { margin: 0.45rem 0; overflow-wrap: anywhere; } .misses span { display: block; color: var(--soft); font-size: 0.88rem; }
footer { padding-top: 2.5rem; padding-bottom: 3rem; color: var(--soft); font-size: 0.88rem; }
footer pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.8rem 1rem; overflow-x: auto; color: var(--ink); }
@media (max-width: 60rem) { .tiles { grid-template-columns: 1fr 1fr; } .bars div { grid-template-columns: 1fr; gap: 0.1rem; } .rules { grid-template-columns: 1fr; } }
@media (max-width: 40rem) { .tiles, .pair { grid-template-columns: 1fr; } h1 { font-size: 1.5rem; } }
@media print { .tile, .rule, .pair { break-inside: avoid; } }
`;
