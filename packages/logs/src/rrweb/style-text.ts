import { isObject } from './events.ts';

/** Applies rrweb's record of changes to an inline style (`property → value`, `[value, priority]`, or false for removed). */
export function patchStyle(style: string, changes: unknown): string {
  if (!isObject(changes)) return style;
  const declarations = new Map<string, string>();
  for (const declaration of splitDeclarations(style)) {
    const colon = declaration.indexOf(':');
    if (colon > 0) declarations.set(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
  }
  for (const [name, value] of Object.entries(changes)) {
    if (typeof value === 'string') declarations.set(name, value);
    else if (Array.isArray(value)) declarations.set(name, value[1] === 'important' ? `${String(value[0])} !important` : String(value[0]));
    else declarations.delete(name);
  }
  return [...declarations].map(([name, value]) => `${name}: ${value};`).join(' ');
}

/** Splits at semicolons that stand outside of quotes and brackets. */
function splitDeclarations(style: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  let quote = '';
  for (let i = 0; i < style.length; i += 1) {
    const char = style.charAt(i);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ';' && depth <= 0) {
      parts.push(style.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(style.slice(from));
  return parts;
}
