const reservedWords = new Set(['y', 'n', 'yes', 'no', 'true', 'false', 'on', 'off', 'null', '~']);

const unsafe = new RegExp(
  [
    /^[\s&*\],?!>|@"'#%[-]|\s$/,
    // eslint-disable-next-line no-control-regex
    /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\n\r{}`]/,
    /:(\s|$)/,
    /\s#/,
    /^[-+]?\.([iI][nN][fF]|[nN][aA][nN])$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** True for text that YAML would not read back as the same plain string. */
function needsQuotes(text: string): boolean {
  return text === '' || unsafe.test(text) || !Number.isNaN(Number(text)) || reservedWords.has(text.toLowerCase());
}

/** A mapping key, in single quotes where needed. */
export function yamlKey(text: string): string {
  return needsQuotes(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/** A scalar value, in double quotes where needed. */
export function yamlValue(text: string): string {
  return needsQuotes(text) ? `"${text.replace(/[\\"\x00-\x1f\x7f-\x9f]/g, escaped)}"` : text;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escaped(char: string): string {
  return shortEscapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
