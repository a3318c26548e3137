/** Names of keys in xdotool and elsewhere, as Playwright spells them. */
const spellings: Readonly<Record<string, string>> = {
  alt: 'Alt',
  backspace: 'Backspace',
  cmd: 'Meta',
  control: 'Control',
  controlormeta: 'ControlOrMeta',
  ctrl: 'Control',
  del: 'Delete',
  delete: 'Delete',
  down: 'ArrowDown',
  end: 'End',
  enter: 'Enter',
  esc: 'Escape',
  escape: 'Escape',
  home: 'Home',
  insert: 'Insert',
  kp_enter: 'Enter',
  left: 'ArrowLeft',
  meta: 'Meta',
  next: 'PageDown',
  page_down: 'PageDown',
  page_up: 'PageUp',
  prior: 'PageUp',
  return: 'Enter',
  right: 'ArrowRight',
  shift: 'Shift',
  space: 'Space',
  super: 'Meta',
  tab: 'Tab',
  up: 'ArrowUp',
};

/** The name of a key or of a combination of keys, as Playwright spells it: `ctrl+a` is `Control+a`. Unknown names stay as they are. */
export function keyName(text: string): string {
  if (text === ' ') return 'Space';
  if (text === '+' || text.length === 1) return text;
  return text
    .trim()
    .split(/\+(?!$)/)
    .map((part) => spellings[part.toLowerCase()] ?? part)
    .join('+');
}
