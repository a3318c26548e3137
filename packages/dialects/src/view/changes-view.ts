import { diffArrays } from 'diff';

/** Beyond so many differing lines a page counts as another one. */
const mostEdits = 400;

/**
 * What differs between two views, line by line: `-` for what is gone, `+` for what came, `@ n` for the line of the view before at which
 * it is. Empty where nothing differs; the whole new view, behind `= the whole page`, where most does.
 */
export function changesView(before: string, after: string): string {
  if (before === after) return '';
  const whole = `= the whole page\n${after}`;
  const parts = diffArrays(before.split('\n'), after.split('\n'), { maxEditLength: mostEdits });
  if (parts === undefined) return whole;
  const lines: string[] = [];
  let at = 1;
  let isOpen = false;
  for (const { added, removed, value, count } of parts) {
    if (!added && !removed) {
      at += count;
      isOpen = false;
      continue;
    }
    if (!isOpen) lines.push(`@ ${at}`);
    isOpen = true;
    for (const line of value) lines.push(`${added ? '+' : '-'}${line}`);
    if (removed) at += count;
  }
  const text = lines.join('\n');
  return text.length < whole.length ? text : whole;
}
