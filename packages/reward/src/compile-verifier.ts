import type { State, Verifier, World } from '@backlot/protocol';
import { saidSource } from './compile-answer.ts';
import { lastingColumns } from './net-change.ts';

/**
 * A verifier as the source of a self-contained JavaScript function `(end, said) => ({ reward, missing })`, for harnesses that know
 * nothing of Backlot: `end` is a state as a clone's page gives it (`window.backlot.state()`), `said` what the agent said in the end
 * (`{ answer?: text, gaveUp?: boolean }`), the start state is written into the source. Gives the reward that `verify` gives; `missing` is
 * what the first right end lacks.
 */
export function compileVerifier(verifier: Verifier, { world, start }: { readonly world: World; readonly start: State }): string {
  const aside = new Set(verifier.aside);
  const columns = Object.fromEntries(
    world.tables.map((table) => [table.name, lastingColumns(table).filter((column) => !aside.has(`${table.name}.${column}`))]),
  );
  const registers = world.registers.filter(({ scope }) => scope === 'server' || scope === 'browser').map(({ name }) => name);
  const tables = Object.fromEntries(
    world.tables.map(({ name }) => [
      name,
      (start.tables[name] ?? []).map((row) =>
        Object.fromEntries(['id', ...(columns[name] ?? [])].map((column) => [column, row[column] ?? null])),
      ),
    ]),
  );
  const begin = { tables, registers: Object.fromEntries(registers.map((name) => [name, start.registers[name] ?? null])) };
  return `((verifier, start, columns) => ${judge})(${JSON.stringify(verifier)}, ${JSON.stringify(begin)}, ${JSON.stringify(columns)})`;
}

/** Written by hand and kept plain, since it runs where nothing of ours is; a property test holds it to `verify`. */
const judge = `function (end, said = {}) {
  const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  const holds = (row, cells) => Object.keys(cells).every((column) => same(row[column], cells[column]));
  const byId = (rows) => new Map((rows ?? []).map((row) => [row.id, row]));
  const inserted = [], updated = [], deleted = [], set = [];
  for (const table of Object.keys(columns)) {
    if (columns[table].length === 0) continue;
    const was = byId(start.tables[table]), now = byId(end.tables[table]);
    for (const row of now.values()) {
      const before = was.get(row.id);
      if (!before) inserted.push({ table, row });
      else if (columns[table].some((column) => !same(before[column], row[column]))) updated.push({ table, was: before, now: row });
    }
    for (const row of was.values()) if (!now.has(row.id)) deleted.push({ table, row });
  }
  for (const name of Object.keys(start.registers)) if (!same(start.registers[name], end.registers[name])) set.push(name);
  const url = end.history.entries[end.history.index] ?? '/';
  const cut = (text) => { const at = new URL(text, 'http://clone'); return { path: at.pathname, query: [...at.searchParams], hash: at.hash }; };
  const isAt = (wanted) => {
    const [goal, is] = [cut(wanted), cut(url)];
    return goal.path === is.path && goal.hash === is.hash && goal.query.every(([k, v]) => is.query.some(([l, w]) => k === l && v === w));
  };
  const aside = new Set((verifier.aside || []).map((name) => 'register ' + name));
  const judgeEnd = (goals) => {
    const free = [...inserted], missing = [];
    const asked = new Set();
    const fewestLast = [...goals].sort((a, b) => Object.keys(b.cells ?? {}).length - Object.keys(a.cells ?? {}).length);
    for (const goal of fewestLast) {
      if (goal.kind === 'inserted') {
        const fit = free.filter((entry) => entry.table === goal.table && holds(entry.row, goal.cells)).slice(0, goal.count);
        for (const entry of fit) free.splice(free.indexOf(entry), 1);
        if (fit.length < goal.count) missing.push(goal);
      } else if (goal.kind === 'updated') {
        asked.add(goal.table + ' ' + goal.row);
        const before = byId(start.tables[goal.table]).get(goal.row), after = byId(end.tables[goal.table]).get(goal.row);
        const kept = (columns[goal.table] ?? []).every((column) => column in goal.now || (goal.free || []).includes(column) || (before && after && same(before[column], after[column])));
        if (!before || !after || !holds(before, goal.was) || !holds(after, goal.now) || !kept) missing.push(goal);
      } else if (goal.kind === 'deleted') {
        asked.add(goal.table + ' ' + goal.row);
        const before = byId(start.tables[goal.table]).get(goal.row);
        if (!before || !holds(before, goal.was) || byId(end.tables[goal.table]).has(goal.row)) missing.push(goal);
      } else if (goal.kind === 'register') {
        asked.add('register ' + goal.name);
        if (!same(end.registers[goal.name], goal.value)) missing.push(goal);
      } else if (!isAt(goal.url)) missing.push(goal);
    }
    const beyond = verifier.nothingElse
      ? free.length + [...updated.map((each) => each.table + ' ' + each.now.id), ...deleted.map((each) => each.table + ' ' + each.row.id), ...set.map((name) => 'register ' + name)].filter((key) => !asked.has(key) && !aside.has(key)).length
      : goals.some((goal) => goal.kind === 'inserted' && free.some((entry) => entry.table === goal.table && holds(entry.row, goal.cells))) ? 1 : 0;
    return { missing, holds: missing.length === 0 && beyond === 0 };
  };
  const isSaid = ${saidSource};
  const unsaid = verifier.answer && !isSaid(verifier.answer, said) ? [verifier.answer] : [];
  const ends = [verifier.goals, ...(verifier.alternatives || [])].map(judgeEnd);
  return { reward: unsaid.length === 0 && ends.some((each) => each.holds) ? 1 : 0, missing: [...ends[0].missing, ...unsaid] };
}`;
