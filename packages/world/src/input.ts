import type { DomElement } from '@backlot/protocol';
import { computeStyles } from './css/index.ts';
import type { Course } from './course.ts';
import { note, withState } from './course.ts';
import { isBox, isFocusable, isSubmitter, isTextField, labelledControl } from './forms.ts';
import type { UiOccasion } from './navigation.ts';
import { fireUi, follow, submit, travel } from './navigation.ts';
import { render } from './render.ts';
import { findAll, findElement, pathToKey, textOf } from './walk.ts';

const freshPath = (course: Course, key: string): readonly DomElement[] => pathToKey(render(course.world, course.state).root, key);

/** Moves the focus; the field that loses it hears `change` (if it was edited) and `blur`. */
function moveFocus(course: Course, to: string | null): Course {
  const from = course.state.focus;
  if (from === to) return course;
  let next = withState(course, { ...course.state, focus: to });
  if (from !== null) {
    const path = freshPath(course, from);
    const value = course.state.drafts[from];
    const args = { value: value ?? path.at(-1)?.attrs['value'] ?? '' };
    const fired = path.length > 0 ? (fireUi(next, { path, event: 'blur', args }) ?? fireUi(next, { path, event: 'change', args })) : null;
    if (fired) next = follow(fired.course, fired.lead);
  }
  return next;
}

function toggle(course: Course, path: readonly DomElement[]): Course {
  const box = path.at(-1) as DomElement;
  const key = box.key as string;
  const radio = box.attrs['type'] === 'radio';
  const checked = radio ? true : !('checked' in box.attrs);
  const drafts: Record<string, string | boolean> = { ...course.state.drafts, [key]: checked };
  if (radio) {
    const root = path[0] as DomElement;
    for (const peer of findAll(root, (e) => isBox(e) && e.attrs['type'] === 'radio' && e.attrs['name'] === box.attrs['name'])) {
      if (peer.key !== undefined && peer.key !== key) drafts[peer.key] = false;
    }
  }
  return withState(course, { ...course.state, drafts });
}

/** What a click does where no rule prevents it. */
function defaultClick(course: Course, path: readonly DomElement[]): Course {
  const at = path.findLastIndex(
    (e) => isBox(e) || isSubmitter(e) || (e.tag === 'a' && 'href' in e.attrs) || e.tag === 'label' || e.tag === 'summary',
  );
  const element = path[at];
  if (!element) return note(course, 'Nothing was learned of a click here; nothing changes.', 'unseen');
  const upTo = path.slice(0, at + 1);
  if (isSubmitter(element)) return submit(course, upTo, element);
  if (element.tag === 'a') return travel(course, element.attrs['href'] ?? '');
  if (element.tag === 'label') {
    const control = labelledControl(path[0] as DomElement, element);
    return control?.key !== undefined && !path.includes(control) ? click(course, freshPath(course, control.key)) : course;
  }
  return course;
}

function click(course: Course, path: readonly DomElement[]): Course {
  const target = path.at(-1) as DomElement;
  const box = isBox(target);
  const checked = !('checked' in target.attrs);
  const occasion: UiOccasion = { path, event: 'click', args: box ? { checked } : { text: textOf(target).trim() } };
  const fired = fireUi(course, occasion) ?? (box ? fireUi(course, { ...occasion, event: 'change' }) : null);
  if (!fired) return box ? toggle(course, path) : defaultClick(course, path);
  if (fired.lead.then !== 'default') return follow(fired.course, fired.lead);
  return box ? toggle(fired.course, path) : defaultClick(fired.course, path);
}

export function clickAt(course: Course, path: readonly DomElement[]): Course {
  const focusable = path.findLast(isFocusable);
  const moved = moveFocus(course, focusable?.key ?? null);
  const key = path.at(-1)?.key as string;
  const now = freshPath(moved, key);
  return now.length === 0 ? note(moved, 'The element went away before the click reached it.') : click(moved, now);
}

export function fill(course: Course, path: readonly DomElement[], value: string): Course {
  const field = path.at(-1) as DomElement;
  if (!isTextField(field) && !('contenteditable' in field.attrs)) return { ...course, refused: `<${field.tag}> takes no text.` };
  const key = field.key as string;
  const focused = moveFocus(course, key);
  const typed = withState(focused, { ...focused.state, drafts: { ...focused.state.drafts, [key]: value } });
  const fired = fireUi(typed, { path, event: 'input', args: { value } });
  return fired ? follow(fired.course, fired.lead) : typed;
}

export function choose(course: Course, path: readonly DomElement[], value: string): Course {
  const field = path.at(-1) as DomElement;
  if (field.tag !== 'select') return { ...course, refused: `<${field.tag}> has no options.` };
  const key = field.key as string;
  const focused = moveFocus(course, key);
  const chosen = withState(focused, { ...focused.state, drafts: { ...focused.state.drafts, [key]: value } });
  const fired = fireUi(chosen, { path, event: 'change', args: { value } });
  return fired ? follow(fired.course, fired.lead) : chosen;
}

function tabStop(course: Course, from: string | null): string | null {
  const styled = computeStyles(render(course.world, course.state).root, course.world.styles, { hover: null, focus: from });
  const stops = styled.elements.filter((e) => e.visible && e.attrs['tabindex'] !== '-1' && isFocusable(e.element)).map((e) => e.element);
  const at = stops.findIndex((e) => e.key === from);
  return stops[at + 1]?.key ?? null;
}

export function defaultKey(course: Course, path: readonly DomElement[], name: string): Course {
  const target = path.at(-1) as DomElement;
  if (name === 'Tab') return moveFocus(course, tabStop(course, course.state.focus));
  if (name === ' ' || name === 'Space') return isBox(target) || target.tag === 'button' ? click(course, path) : course;
  if (name !== 'Enter') return course;
  if (target.tag === 'textarea' && target.key !== undefined) return fill(course, path, `${target.attrs['value'] ?? textOf(target)}\n`);
  if (isTextField(target)) {
    const changed = fireUi(course, { path, event: 'change', args: { value: target.attrs['value'] ?? '' } });
    if (changed) return follow(changed.course, changed.lead);
    const form = path.findLast((element) => element.tag === 'form');
    return form ? submit(course, path, findElement(form, isSubmitter)) : note(course, 'Nothing was learned of Enter here.', 'unseen');
  }
  return isBox(target) ? course : click(course, path);
}

export function press(course: Course, path: readonly DomElement[], name: string): Course {
  const target = path.at(-1) as DomElement;
  const focused = target.key !== undefined && isFocusable(target) ? moveFocus(course, target.key) : course;
  const args = { key: name, value: target.attrs['value'] ?? '' };
  const fired = fireUi(focused, { path, event: 'key', args });
  if (!fired) return defaultKey(focused, path, name);
  return fired.lead.then === 'default' ? defaultKey(fired.course, path, name) : follow(fired.course, fired.lead);
}
