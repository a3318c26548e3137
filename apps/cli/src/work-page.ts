import type { WorkModel, Workflow } from '@backlot/workflow';

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const hueOf = (i: number): number => Math.round((i * 137.5 + 200) % 360);
const mostInGraph = 12;
const mostInList = 14;

const style = `
:root{color-scheme:light dark;--ink:#1d2433;--soft:#667085;--line:#e4e7ec;--paper:#fcfcfd;--card:#fff;--accent:#3538cd}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8ee;--soft:#98a2b3;--line:#2b3242;--paper:#0f131c;--card:#171c28;--accent:#8098f9}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:40px 24px 80px}h1{font-size:30px;letter-spacing:-.02em;margin:0 0 4px}h2{font-size:18px;margin:44px 0 12px}
p{color:var(--soft);margin:0 0 12px;max-width:70ch}.facts{display:flex;gap:32px;flex-wrap:wrap;margin:24px 0 0}.facts b{display:block;font-size:26px;letter-spacing:-.02em}
.facts span{color:var(--soft);font-size:13px}.row{display:grid;grid-template-columns:minmax(0,1fr) 220px 64px;gap:16px;align-items:center;padding:10px 14px;border-bottom:1px solid var(--line)}
details{background:var(--card)}details:first-of-type{border-radius:10px 10px 0 0}summary{cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}summary:hover{background:color-mix(in srgb,var(--accent) 6%,transparent)}
.list{border:1px solid var(--line);border-radius:10px;overflow:hidden}.name{font-weight:560;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.bar{height:10px;border-radius:5px}.num{text-align:right;color:var(--soft);font-variant-numeric:tabular-nums}
.ways{padding:12px 14px 18px 30px;border-bottom:1px solid var(--line)}.way{display:flex;flex-wrap:wrap;gap:6px;align-items:center;margin:6px 0}.way i{font-style:normal;color:var(--soft);font-size:12px;width:44px}
.chip{border:1px solid var(--line);border-radius:6px;padding:1px 8px;font-size:13px;background:var(--paper)}.tag{color:var(--soft);font-size:12px;margin-left:8px;font-weight:400}
svg{width:100%;height:auto;display:block;background:var(--card);border:1px solid var(--line);border-radius:10px}svg text{fill:var(--ink);font:13px system-ui,sans-serif}svg .soft{fill:var(--soft);font-size:12px}`;

/** One page for people about the work that was learned: what, how often, how, and what follows. Loads nothing. */
export function workPage(work: WorkModel): string {
  const { workflows, traces, app, slips } = work;
  const pieces = workflows.reduce((sum, { count }) => sum + count, 0);
  const steps = traces.map((trace) => trace.steps.length).toSorted((a, b) => a - b);
  const facts: readonly (readonly [string, string])[] = [
    [String(traces.length), 'sessions'],
    [String(Object.keys(work.accounts).length), 'accounts'],
    [String(workflows.length), 'kinds of work'],
    [(pieces / Math.max(1, traces.length)).toFixed(1), 'pieces of work a session'],
    [String(steps[Math.floor(steps.length / 2)] ?? 0), 'steps in the middle session'],
    [`${(100 * slips.corrected).toFixed(1)} %`, 'texts corrected at once'],
    [`${(100 * slips.givenUp).toFixed(1)} %`, 'work given up'],
  ];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Work in ${escape(app)}</title><style>${style}</style><main>
<h1>What people do in ${escape(app)}</h1><p>Found in recorded sessions without labels, named in the interface’s own words.</p>
<div class="facts">${facts.map(([figure, what]) => `<div><b>${figure}</b><span>${what}</span></div>`).join('')}</div>
<h2>Kinds of work</h2><p>The most frequent first. Open one to see the ways in which it was done.</p><div class="list">${kinds(workflows)}</div>
<h2>What follows what</h2><p>A line is as thick as the step is frequent; it leaves to the right and arrives from the left.</p>${graph(work)}
<h2>Sessions</h2><p>Every line is a session, every block a piece of work, as wide as it has steps.</p>${ribbons(work)}
<h2>Pauses before acting</h2><p>Middle half of the pauses, by the kind of action.</p>${pauses(work)}
</main></html>
`;
}

/** The first ones, and the rare ones behind a line that opens. */
function kinds(workflows: readonly Workflow[]): string {
  const rows = workflows.map((each, i) => rowOf(each, i, workflows[0] as Workflow));
  if (rows.length <= mostInList) return rows.join('');
  const rest = rows.length - mostInList;
  return `${rows.slice(0, mostInList).join('')}<details><summary class="row"><span class="tag">${rest} rarer kinds</span></summary>${rows.slice(mostInList).join('')}</details>`;
}

/** Signs of icon fonts show nothing elsewhere. */
const readable = (name: string): string => name.replace(/[\uE000-\uF8FF]/g, '').replace(/“\s*”/, 'an icon');

function rowOf(workflow: Workflow, i: number, first: Workflow): string {
  const { name, count, share, schemas, effect, values } = workflow;
  const width = Math.max(2, (100 * count) / first.count);
  const ways = schemas.slice(0, 6).map(({ actions, count: times }) => {
    const chips = actions.map(
      ({ kind, field, page }) =>
        `<span class="chip" title="${escape(page ?? '')}">${kind}${field === undefined ? '' : ` · ${escape(values[field]?.kind ?? 'text')}`}</span>`,
    );
    return `<div class="way"><i>${times} ×</i>${chips.join('<span>→</span>')}</div>`;
  });
  const tag = effect.length === 0 ? 'looks' : 'changes';
  return `<details><summary class="row"><span class="name">${escape(readable(name))}<span class="tag">${tag}</span></span><span><span class="bar" style="display:block;width:${width.toFixed(1)}%;background:hsl(${hueOf(i)} 60% 55%)"></span></span><span class="num">${(100 * share).toFixed(1)} %</span></summary><div class="ways">${ways.join('')}${schemas.length > 6 ? `<p>and ${schemas.length - 6} more</p>` : ''}</div></details>`;
}

function graph({ workflows, follows }: WorkModel): string {
  const shown = workflows.slice(0, mostInGraph);
  const at = (i: number): number => 28 + i * 34;
  const height = at(shown.length - 1) + 28;
  const most = Math.max(1, ...shown.flatMap(({ id }) => shown.map((to) => follows[id]?.[to.id] ?? 0)));
  const lines = shown.flatMap((from, i) =>
    shown.flatMap((to, j) => {
      const times = follows[from.id]?.[to.id] ?? 0;
      if (times === 0) return [];
      const title = `<title>${escape(from.name)} → ${escape(to.name)}: ${times}</title>`;
      return [
        `<path d="M330 ${at(i)} C 470 ${at(i)} 530 ${at(j)} 670 ${at(j)}" fill="none" stroke="hsl(${hueOf(i)} 60% 55%)" stroke-opacity="${(0.25 + (0.6 * times) / most).toFixed(2)}" stroke-width="${(1 + (9 * times) / most).toFixed(1)}">${title}</path>`,
      ];
    }),
  );
  const label = (name: string): string => escape(readable(name.length > 42 ? `${name.slice(0, 41)}…` : name));
  const left = shown.map(
    ({ name }, i) =>
      `<text x="318" y="${at(i) + 4}" text-anchor="end">${label(name)}</text><circle cx="328" cy="${at(i)}" r="4" fill="hsl(${hueOf(i)} 60% 55%)"/>`,
  );
  const right = shown.map(
    ({ name }, i) =>
      `<circle cx="672" cy="${at(i)}" r="4" fill="hsl(${hueOf(i)} 60% 55%)"/><text x="684" y="${at(i) + 4}">${label(name)}</text>`,
  );
  return `<svg viewBox="0 0 1000 ${height}" role="img" aria-label="Which work follows which">${lines.join('')}${left.join('')}${right.join('')}</svg>`;
}

function ribbons({ traces, workflows }: WorkModel): string {
  const colours = new Map(workflows.map(({ id }, i) => [id, hueOf(i)]));
  const names = new Map(workflows.map(({ id, name }) => [id, name]));
  const shown = traces.slice(0, 40);
  const longest = Math.max(1, ...shown.map((trace) => trace.steps.length));
  const scale = 850 / longest;
  const rows = shown.map((trace, i) => {
    const blocks = trace.pieces.map(
      ({ workflow, from, length }) =>
        `<rect x="${(120 + from * scale).toFixed(1)}" y="${14 + i * 14}" width="${Math.max(2, length * scale - 1.5).toFixed(1)}" height="10" rx="2" fill="hsl(${colours.get(workflow) ?? 0} 60% 55%)"><title>${escape(names.get(workflow) ?? '')}</title></rect>`,
    );
    return `<text class="soft" x="108" y="${23 + i * 14}" text-anchor="end">${escape(trace.account.slice(0, 14))}</text>${blocks.join('')}`;
  });
  return `<svg viewBox="0 0 1000 ${28 + shown.length * 14}" role="img" aria-label="Sessions as pieces of work">${rows.join('')}</svg>`;
}

function pauses({ thinkMs }: WorkModel): string {
  const kinds = Object.entries(thinkMs).filter(([kind]) => kind !== 'goto');
  const x = (ms: number): number => 120 + (850 * Math.log10(Math.max(100, ms) / 100)) / 3;
  const rows = kinds.map(([kind, { mu, sigma, count }], i) => {
    const [low, high] = [Math.exp(mu - 0.674 * sigma), Math.exp(mu + 0.674 * sigma)];
    const y = 34 + i * 26;
    return `<text x="108" y="${y + 4}" text-anchor="end">${kind}</text><rect x="${x(low).toFixed(1)}" y="${y - 6}" width="${Math.max(2, x(high) - x(low)).toFixed(1)}" height="12" rx="6" fill="hsl(225 60% 62%)"/><circle cx="${x(Math.exp(mu)).toFixed(1)}" cy="${y}" r="4" fill="var(--ink)"/><text class="soft" x="${(x(high) + 10).toFixed(1)}" y="${y + 4}">${(Math.exp(mu) / 1000).toFixed(1)} s, ${count} times</text>`;
  });
  const ticks = [100, 1000, 10_000, 100_000].map(
    (ms) =>
      `<text class="soft" x="${x(ms)}" y="16" text-anchor="middle">${ms / 1000} s</text><line x1="${x(ms)}" x2="${x(ms)}" y1="22" y2="${30 + kinds.length * 26}" stroke="var(--line)"/>`,
  );
  return `<svg viewBox="0 0 1000 ${40 + kinds.length * 26}" role="img" aria-label="Pauses by kind of action">${ticks.join('')}${rows.join('')}</svg>`;
}
