import { pathToId } from '../node-path.ts';
import type { SessionViews, View } from '../views.ts';

/** Texts shorter than this are not told from each other. */
const shortest = 3;

/** True for a field of a form that only asks for pages: what is typed there makes no record. */
function isSearch(session: SessionViews, step: number): boolean {
  const { node } = session.session.steps[step] as SessionViews['session']['steps'][number];
  const path = node === undefined ? [] : pathToId((session.before[step] as View).root, node);
  return path.some(({ tag, attrs }) => (tag === 'form' && attrs['method']?.toLowerCase() === 'get') || attrs['role'] === 'search');
}

/** The text that a step gave to a record, if it did. */
function givenBy(session: SessionViews, step: number): string | null {
  const { kind, value = '' } = (session.session.steps[step] as SessionViews['session']['steps'][number]).action;
  if ((kind !== 'fill' && kind !== 'select') || value.trim().length < shortest || isSearch(session, step)) return null;
  return value.trim();
}

/** Share of an account's sessions that give a text which belongs to the account: its name and password. */
const usual = 0.5;

/** Texts that most sessions of an account typed: they make no record. */
export function usualTexts(sessions: readonly SessionViews[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const session of sessions) {
    const texts = new Set(session.session.steps.map((_, i) => givenBy(session, i)).filter((text) => text !== null));
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1 && count > usual * sessions.length).map(([text]) => text));
}

/** What the user gave to records up to a view, but for what most sessions type. */
export function typedUpTo(session: SessionViews, always: ReadonlySet<string>): (view: View) => readonly string[] {
  const at = new Map<View, number>();
  const texts: string[] = [];
  for (const i of session.session.steps.keys()) {
    if (!at.has(session.before[i] as View)) at.set(session.before[i] as View, texts.length);
    const text = givenBy(session, i);
    if (text !== null && !always.has(text)) texts.push(text);
    if (!at.has(session.after[i] as View)) at.set(session.after[i] as View, texts.length);
  }
  return (view) => texts.slice(0, at.get(view) ?? 0);
}
