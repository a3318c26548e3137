import type { Asset } from '@backlot/protocol';
import { assetPath } from './assets.ts';

/** What an address that the logs hold no file for becomes: nothing, so that the clone asks nobody for it. */
const nothing = 'data:,';

const somewhere = 'http://application.invalid';

/** Answers where an address in a file leads to inside the clone. */
export type AssetFinder = (reference: string) => string;

const withoutFragment = (url: URL): string => url.href.slice(0, url.href.length - url.hash.length);

function parseUrl(text: string, base: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

/**
 * Finds the files of a clone by the addresses that a file at `baseHref` uses for them. `baseHref` and the assets' own addresses
 * may be absolute or relative to the application. `data:` addresses and bare fragments stay; what the logs do not hold becomes
 * an empty `data:` address.
 */
export function assetFinder(baseHref: string, assets: readonly Asset[]): AssetFinder {
  const base = parseUrl(baseHref, somewhere) ?? new URL(somewhere);
  const paths = new Map<string, string>();
  for (const asset of assets) {
    const url = parseUrl(asset.url, base.origin === 'null' ? somewhere : base.origin);
    if (url) paths.set(withoutFragment(url), assetPath(asset));
  }
  return (reference) => {
    const trimmed = reference.trim();
    if (trimmed === '' || trimmed.startsWith('#') || /^data:/i.test(trimmed)) return reference;
    const url = parseUrl(trimmed, base);
    const path = url && paths.get(withoutFragment(url));
    return path ? path + url.hash : nothing;
  };
}

const comment = String.raw`\/\*[\s\S]*?(?:\*\/|$)`;
const quoted = String.raw`"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'`;
const bare = String.raw`(?:\\[0-9a-f]{1,6}\s?|\\[\s\S]|[^"'()\\\s])*`;
/** Comments and strings are matched to be passed over; `@import` and `url()` are what is looked for. */
const cssPart = new RegExp(String.raw`${comment}|@import\s+(${quoted})|url\(\s*(${quoted}|${bare})\s*\)|${quoted}`, 'gi');

function unquote(text: string): string {
  const inner = /^["']/.test(text) ? text.slice(1, -1) : text;
  return inner.replace(/\\([0-9a-f]{1,6})\s?|\\\n|\\([\s\S])/gi, (_all, code: string | undefined, char: string | undefined) =>
    code === undefined ? (char ?? '') : String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)),
  );
}

const cssString = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\a ')}"`;

/** Points every `url()` and `@import` of a style sheet into the clone; the rest of the text stays as it is. */
export function rewriteCssUrls(css: string, find: AssetFinder): string {
  return css.replace(cssPart, (all: string, imported: string | undefined, address: string | undefined) => {
    if (imported !== undefined) return `@import ${cssString(find(unquote(imported)))}`;
    if (address === undefined || address === '') return all;
    const was = unquote(address);
    const now = find(was);
    return now === was ? all : `url(${cssString(now)})`;
  });
}

/** Points every candidate of a `srcset` into the clone and keeps the descriptors. */
export function rewriteSrcset(srcset: string, find: AssetFinder): string {
  const candidates = srcset.matchAll(/\s*,*\s*(\S*[^\s,])(\s[^,]*)?/g);
  return [...candidates].map(([, url = '', descriptor = '']) => find(url) + descriptor.trimEnd()).join(', ');
}

/**
 * Points the assets that a style sheet's text (or a `style` attribute) names into the clone. `baseHref` is the address that the
 * text's own addresses are relative to. For attributes that hold addresses use `assetFinder` (`src`) and `rewriteSrcset`.
 */
export function rewriteAssetUrls(text: string, baseHref: string, assets: readonly Asset[]): string {
  return rewriteCssUrls(text, assetFinder(baseHref, assets));
}
