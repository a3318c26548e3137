/** Says whether a text fits. */
export type TextTest = (text: string) => boolean;

/** A text in one case and with white space collapsed, as patterns are compared. */
const plainText = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Reads patterns in which `*` stands for any text, also none. They are compared as a whole, without regard to case and to how wide
 * white space is. The time is linear in the text for each part between stars, whatever the pattern: none can be made to hang.
 */
export function globs(patterns: string | readonly string[]): TextTest {
  const tests = (typeof patterns === 'string' ? [patterns] : patterns).map(glob);
  return (text) => {
    const plain = plainText(text);
    return tests.some((test) => test(plain));
  };
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
