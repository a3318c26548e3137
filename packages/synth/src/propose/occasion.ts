import { compileStyles, styleSheetsOf } from '@backlot/logs';
import type { Row, Session, State, Step, StyleRule, World, WorldEvent } from '@backlot/protocol';
import { anchorOf, ariaSnapshot, currentPage, enterLoops, indexOf, observe, pageScope } from '@backlot/world';
import type { Facts, LineChange, Occasion } from './question.ts';

/** A logged step in the world: what it was, and the states before and after it. */
export interface Scene {
  readonly session: string;
  readonly viewport: Session['viewport'];
  readonly step: Step;
  readonly event: WorldEvent;
  readonly before: State;
  readonly after: State;
  readonly drifted: boolean;
}

/** A scene as data for a question. */
export function occasionOf(world: World, { session, viewport, step, event, before, after, drifted }: Scene): Occasion {
  const logged = linesOf(ariaSnapshot(step.after.root, stylesOf(step.after.root, viewport)));
  return {
    evidence: { session, step: step.index },
    action: step.action,
    url: { before: step.before.url, after: step.after.url },
    rows: rowsAt(world, before, event),
    fields: before.drafts,
    state: { tables: before.tables, registers: before.registers },
    changes: changed(before, after),
    page: lineChange(linesOf(ariaSnapshot(step.before.root, stylesOf(step.before.root, viewport))), logged),
    miss: lineChange(linesOf(observe(world, after).aria), logged),
    drifted,
  };
}

const compiled = new Map<string, readonly StyleRule[]>();
const mostCompiled = 20;

function stylesOf(root: Step['after']['root'], viewport: Session['viewport']): readonly StyleRule[] {
  const sheets = styleSheetsOf(root);
  const name = JSON.stringify([viewport, sheets]);
  const styles = compiled.get(name) ?? compileStyles(sheets, viewport);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(name, styles);
  return styles;
}

/** Snapshot lines without addresses and focus, of which a logged page says nothing certain. */
function linesOf(snapshot: string): readonly string[] {
  const lines = snapshot.split('\n').filter((line) => line.trim() !== '' && !/^\s*- \/url:/.test(line));
  return lines.map((line) => line.replace(/ \[active\]/g, '').replace(/:$/, ''));
}

/** Most comparisons of lines; snapshots that differ more are given whole. */
const mostCompared = 1_000_000;

/** What must go from one list of lines and come in to make the other, in order. */
function lineChange(from: readonly string[], to: readonly string[]): LineChange {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  const [old, fresh] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  if (old.length * fresh.length > mostCompared) return { removed: old, added: fresh };
  const kept = keptLines(old, fresh);
  return { removed: old.filter((_, i) => !kept.old.has(i)), added: fresh.filter((_, i) => !kept.fresh.has(i)) };
}

/** The places of a longest common part of two lists. */
function keptLines(old: readonly string[], fresh: readonly string[]): { readonly old: Set<number>; readonly fresh: Set<number> } {
  const width = fresh.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      longest[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kept = { old: new Set<number>(), fresh: new Set<number>() };
  for (let i = 0, j = 0; i < old.length && j < fresh.length;) {
    if (old[i] === fresh[j]) {
      kept.old.add(i++);
      kept.fresh.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return kept;
}

/** Rows and registers of a state that another one has not. */
function changed(before: State, after: State): Facts {
  const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
  const tables = Object.entries(after.tables).flatMap(([name, rows]): [string, readonly Row[]][] => {
    const old = new Map((before.tables[name] ?? []).map((row) => [row.id, row]));
    const ids = new Set(rows.map(({ id }) => id));
    const gone = [...old.values()].filter(({ id }) => !ids.has(id)).map((row): Row => ({ ...row, gone: true }));
    const fresh = rows.filter((row) => !same(row, old.get(row.id)));
    return gone.length + fresh.length === 0 ? [] : [[name, [...gone, ...fresh]]];
  });
  const registers = Object.entries(after.registers).filter(([name, value]) => !same(value, before.registers[name]));
  return { tables: Object.fromEntries(tables), registers: Object.fromEntries(registers) };
}

/** The rows around the acted element, by the names that its loops give them. */
function rowsAt(world: World, state: State, event: WorldEvent): Readonly<Record<string, Row>> {
  const key = 'key' in event ? event.key : undefined;
  const at = currentPage(world, state);
  if (key === undefined || !at.page) return {};
  const loops = indexOf(world).anchors.get(at.page.id)?.get(anchorOf(key))?.loops ?? [];
  return enterLoops(loops, key.split(':').slice(1), pageScope(world, state, at)).rows;
}
