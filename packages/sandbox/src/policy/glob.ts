import { asRead } from './as-read.ts';

/** Says whether a text fits. */
export type TextTest = (text: string) => boolean;

/** A text as a reader takes it, in one case and with white space collapsed: so patterns are compared. */
const plainText = (text: string): string => asRead(text).trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Reads patterns in which `*` stands for any text, also none. They are compared as a whole, without regard to case, to how wide
 * white space is, and to signs that nobody sees. The time is linear in the text for each part between stars, whatever the pattern: none can be made to hang.
 */
export function globs(patterns: string | readonly string[]): TextTest {
  const tests = (typeof patterns === 'string' ? [patterns] : patterns).map(glob);
  return (text) => {
    const plain = plainText(text);
    return tests.some((test) => test(plain));
  };
}

/** Site that stands for the application's own, whatever it is called. */
const own = 'http://application.invalid';

/** The same for addresses, read as a browser reads them from the page `base`: other spellings of an address are no other address. */
export function addressGlobs(patterns: string | readonly string[]): (address: string, base?: string) => boolean {
  const fits = globs(patterns);
  return (address, base = '/') => browsed(address, base).some(fits);
}

/** An address of the application as path, query and fragment, any other in full; that of a site as a whole also without its last slash. */
function browsed(address: string, base: string): readonly string[] {
  if (!URL.canParse(base, own) || !URL.canParse(address, new URL(base, own))) return [address];
  const { href, origin, pathname, search, hash } = new URL(address, new URL(base, own));
  const inside = pathname + search + hash;
  const plain = needlessCodes(origin === own ? inside : href);
  return origin !== own && inside === '/' ? [plain, plain.slice(0, -1)] : [plain];
}

/** Letters and digits need no percent-encoding, and mean the same without it. */
function needlessCodes(address: string): string {
  return address.replace(/%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/gi, (code) =>
    String.fromCharCode(parseInt(code.slice(1), 16)),
  );
}

function glob(pattern: string): TextTest {
  const parts = plainText(pattern).split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return (text) => text === first;
  const between = parts.slice(1, -1).filter((part) => part !== '');
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const part of between) {
      const found = text.indexOf(part, at);
      if (found === -1 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}
