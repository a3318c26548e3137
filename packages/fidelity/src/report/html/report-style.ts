/** What the looks of reports have in common: follows the reader's light or dark setting. To stand before a report's own rules. */
export const reportStyle = `
:root { color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #16181a); --card: light-dark(#fff, #1e2124); --ink: light-dark(#1d2326, #e8e6e1);
  --soft: light-dark(#5f686c, #a2a8ab); --line: light-dark(#e2dfd7, #33383c);
  --good: light-dark(#0f766e, #3fb8a8); --good-soft: light-dark(#d5ece8, #1d3f3b);
  --warn: light-dark(#b45309, #e0a253); --bad: light-dark(#b42318, #f0776b); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
header, main, footer { margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0.2rem 0 0.5rem; text-wrap: balance; }
h3 { font-size: 1rem; margin: 1.6rem 0 0.5rem; }
p { margin: 0.3rem 0 0.8rem; max-width: 46rem; }
.kicker { color: var(--good); font-weight: 650; letter-spacing: 0.06em; text-transform: uppercase; font-size: 0.78rem; margin: 0; }
.lead { color: var(--soft); font-size: 1.05rem; }
code { font: 0.88em ui-monospace, SFMono-Regular, Menlo, monospace; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.passed { color: var(--good); } .missed { color: var(--bad); }
.meter i { position: absolute; inset: 0 auto 0 0; border-radius: 4px; background: var(--good); }
.missed-tile .meter i { background: var(--bad); }
.meter b { position: absolute; top: -3px; bottom: -3px; width: 2px; background: var(--ink); }
.badge { display: inline-block; font-size: 0.75rem; font-weight: 600; padding: 0.05rem 0.5rem; border-radius: 99px; background: var(--good-soft); color: var(--good); vertical-align: 1px; }
.strip { display: flex; align-items: center; gap: 0.7rem; margin: 3px 0; }
.strip div { display: flex; gap: 3px; flex-wrap: wrap; }
.cell { width: 15px; height: 15px; border-radius: 3px; background: var(--good); }
.cell.different { background: var(--warn); } .cell.refused { background: var(--bad); }
.cell.unreached { background: none; border: 1px dashed var(--soft); }
.legend { display: flex; gap: 1.2rem; font-size: 0.85rem; color: var(--soft); margin: 0.6rem 0 0.9rem; flex-wrap: wrap; }
.legend span { display: flex; align-items: center; gap: 0.35rem; }
.bars { max-width: 46rem; }
.bars .meter { margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 0.78rem; }
th, td { border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
details summary { cursor: pointer; color: var(--soft); font-size: 0.9rem; margin: 0.5rem 0; }
`;
