import { reportStyle } from '@backlot/fidelity';

/** Look of the report: follows the reader's light or dark setting, fits small screens, and prints. */
export const style = `${reportStyle}
header, main, footer { max-width: 74rem; }
h2 { font-size: 1.3rem; letter-spacing: -0.01em; margin: 3.5rem 0 0.3rem; }
.note { color: var(--soft); font-size: 0.9rem; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.9rem; margin: 1.4rem 0 1.2rem; }
.tile { padding: 0.9rem 1.1rem 1rem; }
.tile h3 { margin: 0; font-size: 0.9rem; font-weight: 600; display: flex; justify-content: space-between; }
.tile .value { font-size: 2.3rem; font-weight: 680; letter-spacing: -0.03em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile .value small { font-size: 0.85rem; font-weight: 450; letter-spacing: 0; color: var(--soft); margin-left: 0.5rem; }
.tile p { margin: 0.5rem 0 0; font-size: 0.85rem; color: var(--soft); line-height: 1.4; }
.meter { position: relative; height: 8px; border-radius: 4px; background: var(--line); margin-top: 0.35rem; }
.times { display: flex; height: 1.7rem; border-radius: 8px; overflow: hidden; border: 1px solid var(--line); }
.times span { display: block; min-width: 3px; padding: 0; background: var(--good-soft); border-right: 1px solid var(--paper); overflow: hidden; font-size: 0.75rem; line-height: 1.7rem; text-indent: 0.45rem; white-space: nowrap; text-overflow: ellipsis; }
.times span:nth-child(even) { background: color-mix(in srgb, var(--good-soft) 60%, var(--card)); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.9rem; margin: 0.4rem 0 1.6rem; }
.pair figure { margin: 0; }
.shot { overflow: hidden; aspect-ratio: 8 / 5; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
.shot img { display: block; width: 160%; margin-left: -30%; }
.pair figcaption { font-size: 0.8rem; color: var(--soft); margin-bottom: 0.25rem; }
.badge.ambiguous, .badge.content { background: color-mix(in srgb, var(--warn) 18%, transparent); color: var(--warn); }
.badge.unseen, .badge.different { background: color-mix(in srgb, var(--bad) 16%, transparent); color: var(--bad); }
.strip code { width: 4rem; color: var(--soft); }
.bars div { display: grid; grid-template-columns: 19rem 1fr 4rem; gap: 0.8rem; align-items: center; font-size: 0.88rem; margin: 0.25rem 0; }
.bars .other i { background: var(--soft); }
th, td { padding: 0.35rem 0.6rem; }
td.mark, th.mark { text-align: center; width: 4.2rem; }
.rules { display: grid; grid-template-columns: repeat(auto-fill, minmax(27rem, 1fr)); gap: 0.8rem; }
.rule { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.7rem 0.95rem; font-size: 0.88rem; overflow-wrap: anywhere; }
.rule b { font-weight: 620; } .rule ul { margin: 0.35rem 0; padding-left: 1.1rem; }
.rule p { margin: 0.3rem 0 0; color: var(--soft); font-size: 0.8rem; }
.misses { padding-left: 1.1rem; } .misses li { margin: 0.45rem 0; overflow-wrap: anywhere; } .misses span { display: block; color: var(--soft); font-size: 0.88rem; }
footer { padding-top: 2.5rem; padding-bottom: 3rem; color: var(--soft); font-size: 0.88rem; }
footer pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.8rem 1rem; overflow-x: auto; color: var(--ink); }
@media (max-width: 60rem) { .tiles { grid-template-columns: 1fr 1fr; } .bars div { grid-template-columns: 1fr; gap: 0.1rem; } .rules { grid-template-columns: 1fr; } }
@media (max-width: 40rem) { .tiles, .pair { grid-template-columns: 1fr; } h1 { font-size: 1.5rem; } }
@media print { .tile, .rule, .pair { break-inside: avoid; } }
`;
