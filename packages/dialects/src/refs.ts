/** Letters of a ref behind its `e`. */
const letters = 5;
const space = 36 ** letters;

/**
 * A short name for an element by its key in the model: the same element has it in every episode, fork and engine. It tells nothing of
 * the key. `isTaken` says whether another element of the page has that name.
 */
export function refOf(key: string, isTaken: (ref: string) => boolean = () => false): string {
  const first = firstRefOf(key);
  if (!isTaken(first)) return first;
  for (let salt = '~'; ; salt += '~') {
    const ref = spelled(key + salt);
    if (!isTaken(ref)) return ref;
  }
}

const known = new Map<string, string>();
const mostKnown = 20_000;

/** The name that an element has where no other has it. */
export function firstRefOf(key: string): string {
  let ref = known.get(key);
  if (ref === undefined) {
    ref = spelled(key);
    if (known.size >= mostKnown) known.clear();
    known.set(key, ref);
  }
  return ref;
}

const spelled = (text: string): string => `e${(hash(text) % space).toString(36).padStart(letters, '0')}`;

/** FNV-1a over UTF-16 code units, its bits mixed once more: keys differ in little. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
