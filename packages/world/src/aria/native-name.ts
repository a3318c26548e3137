import { controlValue, inputType } from '../css/form-state.ts';
import type { StyledElement } from '../css/styled-element.ts';
import { isHidden } from './hidden.ts';
import type { Subject, Via } from './name-walk.ts';
import { own } from '../own.ts';

type Naming = (element: StyledElement, subject: Subject) => string | undefined;

/** The name that HTML gives by labels, captions, `alt`, `title` or `placeholder`; undefined where it gives none. */
export function nativeName(element: StyledElement, subject: Subject): string | undefined {
  if (element.svg) return svgName(element, subject);
  return own(namings, element.tag)?.(element, subject);
}

const namings: Readonly<Record<string, Naming>> = {
  input: inputName,
  button: (element, subject) => (subject.labelledBy === null ? labelText(element, subject) : undefined),
  output: (element, subject) => unlessLabelled(subject, () => labelText(element, subject) ?? attribute(element, 'title')),
  textarea: fieldName,
  select: fieldName,
  meter: fieldName,
  progress: fieldName,
  fieldset: (element, subject) => unlessLabelled(subject, () => captionText(element, 'legend', subject) ?? attribute(element, 'title')),
  figure: (element, subject) => unlessLabelled(subject, () => captionText(element, 'figcaption', subject) ?? attribute(element, 'title')),
  img: alternativeText,
  area: alternativeText,
  table: (element, subject) => captionText(element, 'caption', subject) ?? (attribute(element, 'summary') || undefined),
};

function unlessLabelled(subject: Subject, name: () => string): string | undefined {
  return subject.labelledBy === null ? name() : undefined;
}

function attribute(element: StyledElement, name: string): string {
  return element.attrs[name] ?? '';
}

function firstFilled(...texts: readonly string[]): string {
  return texts.find((text) => text.trim() !== '') ?? '';
}

function alternativeText(element: StyledElement): string {
  const alt = attribute(element, 'alt');
  return alt.trim() === '' ? attribute(element, 'title') : alt;
}

const buttonTexts: Readonly<Record<string, string>> = { submit: 'Submit', reset: 'Reset' };
const withPlaceholder = new Set(['text', 'password', 'number', 'search', 'tel', 'email', 'url']);

function inputName(element: StyledElement, subject: Subject): string | undefined {
  const type = inputType(element);
  if (type === 'button' || type === 'submit' || type === 'reset') {
    const value = controlValue(element);
    return value.trim() === '' ? (buttonTexts[type] ?? attribute(element, 'title')) : value;
  }
  if (type !== 'file' && type !== 'image') return fieldName(element, subject);
  const labels = subject.walk.via.labelledBy === undefined ? labelText(element, subject) : undefined;
  if (labels !== undefined) return labels;
  return type === 'file' ? 'Choose File' : firstFilled(attribute(element, 'alt'), attribute(element, 'title'), 'Submit');
}

function fieldName(element: StyledElement, subject: Subject): string | undefined {
  if (subject.labelledBy !== null) return undefined;
  const labels = labelText(element, subject);
  if (labels !== undefined) return labels;
  const title = attribute(element, 'title');
  const usesPlaceholder = element.tag === 'textarea' || (element.tag === 'input' && withPlaceholder.has(inputType(element)));
  return title === '' && usesPlaceholder ? attribute(element, 'placeholder') : title;
}

/** The text of the labels of a control; undefined without labels. */
function labelText(element: StyledElement, { walk }: Subject): string | undefined {
  const labels = walk.page.labelsOf(element);
  if (labels.length === 0) return undefined;
  // The control stands in its label, too: there it must not be asked again.
  walk.visited.add(element);
  return labels
    .map((label) => walk.read(label, { ...walk, place: 'elsewhere', via: { label: isHidden(walk.page, label) } }))
    .filter((text) => text !== '')
    .join(' ');
}

/** The text of the first child with the tag, undefined without one. */
function captionText(element: StyledElement, tag: string, { walk, inner }: Subject): string | undefined {
  const caption = element.elements.find((child) => child.tag === tag);
  if (caption === undefined) return undefined;
  walk.visited.add(element);
  const via: Via = { ...inner.via, native: isHidden(walk.page, caption) };
  return walk.read(caption, { ...inner, via });
}

function svgName(element: StyledElement, { walk, inner }: Subject): string | undefined {
  const title = element.elements.find((child) => child.tag === 'title' && child.svg);
  if (title !== undefined) {
    walk.visited.add(element);
    return walk.read(title, { ...inner, via: { ...inner.via, labelledBy: isHidden(walk.page, title) } });
  }
  const link = element.tag === 'a' ? attribute(element, 'xlink:title') : '';
  return link.trim() === '' ? undefined : link;
}
