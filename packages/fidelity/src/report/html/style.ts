import { reportStyle } from './report-style.ts';

/** Look of the report: follows the reader's light or dark setting, fits small screens, and prints. */
export const style = `${reportStyle}
header, main, footer { max-width: 70rem; }
h1 { max-width: 56rem; }
h2 { font-size: 1.3rem; letter-spacing: -0.01em; margin: 3rem 0 0.3rem; }
.note { color: var(--soft); font-size: 0.88rem; }
code { overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0.8rem; margin: 1.3rem 0 0; }
.tile { padding: 0.75rem 1rem 0.85rem; }
.tile h3 { margin: 0; font-size: 0.88rem; font-weight: 600; display: flex; justify-content: space-between; }
.tile .value { font-size: 1.75rem; font-weight: 680; letter-spacing: -0.03em; line-height: 1.25; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tile .value small { font-size: 0.78rem; font-weight: 450; letter-spacing: 0; color: var(--soft); margin-left: 0.45rem; }
.tile p { margin: 0.45rem 0 0; font-size: 0.8rem; color: var(--soft); line-height: 1.4; }
.meter { position: relative; height: 7px; border-radius: 4px; background: var(--line); margin-top: 0.3rem; }
.other .meter i { background: var(--soft); }
.todo { list-style: none; counter-reset: todo; padding: 0; margin: 0.8rem 0 0; }
.todo > li { counter-increment: todo; position: relative; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0.8rem 1.1rem 0.85rem 3.2rem; margin: 0 0 0.7rem; overflow-wrap: anywhere; }
.todo > li::before { content: counter(todo); position: absolute; left: 1rem; top: 0.8rem; width: 1.5rem; height: 1.5rem; border-radius: 99px; background: var(--good-soft); color: var(--good); font-weight: 650; font-size: 0.85rem; display: grid; place-items: center; }
.todo b { font-weight: 620; } .todo ul { margin: 0.3rem 0 0; padding-left: 1.1rem; }
.gain { float: right; margin-left: 1rem; color: var(--soft); font-size: 0.85rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.record { margin: 0.3rem 0 0; font-size: 0.92rem; } .record::before { content: "Record: "; font-weight: 620; color: var(--good); }
.diff { list-style: none; margin: 0.5rem 0 0; font: 0.8rem/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; border-left: 3px solid var(--line); padding: 0 0 0 0.7rem; }
.todo .diff { padding-left: 0.7rem; }
.diff .lack { color: var(--bad); } .diff .over { color: var(--warn); } .diff .where { color: var(--soft); }
.badge.decide { background: color-mix(in srgb, var(--warn) 18%, transparent); color: var(--warn); }
.badge.mend, .badge.renew { background: color-mix(in srgb, var(--bad) 16%, transparent); color: var(--bad); }
.strip code { width: 5rem; color: var(--soft); overflow: hidden; text-overflow: ellipsis; }
.bars > div { display: grid; grid-template-columns: 17rem 1fr 9rem; gap: 0.8rem; align-items: center; font-size: 0.88rem; margin: 0.25rem 0; }
.bars > div > :last-child { font-variant-numeric: tabular-nums; color: var(--soft); white-space: nowrap; }
th, td { padding: 0.32rem 0.6rem; overflow-wrap: anywhere; }
td.number, th.number { white-space: nowrap; }
figure { margin: 0.6rem 0 0; } .two { display: grid; grid-template-columns: 1fr 1fr; gap: 1.6rem; } .two > * { min-width: 0; }
svg { width: 100%; max-width: 30rem; height: auto; display: block; } svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.9rem; } .pair figure { min-width: 0; }
.shot { position: relative; overflow: hidden; border: 1px solid var(--line); border-radius: 8px; background: #fff; } .shot img { display: block; width: 100%; }
.shot i { position: absolute; border: 2px solid #d4145a; border-radius: 3px; background: rgb(212 20 90 / 0.1); }
figcaption { font-size: 0.8rem; color: var(--soft); margin-bottom: 0.25rem; }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--soft); font-size: 0.85rem; }
@media (max-width: 60rem) { .two, .pair { grid-template-columns: 1fr; } .bars > div { grid-template-columns: 1fr; gap: 0.1rem; } }
@media print { .tile, .todo > li { break-inside: avoid; } }
`;
