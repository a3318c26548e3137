import type { Asset } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { assetFinder, rewriteAssetUrls, rewriteSrcset } from '../../src/clone/asset-urls.ts';
import { assetPath } from '../../src/clone/assets.ts';

const asset = (url: string, mime: string, text = url): Asset => ({ url, mime, base64: Buffer.from(text).toString('base64') });
const logo = asset('/img/logo.png', 'image/png');
const font = asset('https://fonts.example/f/Inter%20V.woff2?x=1', 'font/woff2');
const assets = [logo, font];
const inCss = (css: string, base = '/css/main.css') => rewriteAssetUrls(css, base, assets);

describe('assetPath', () => {
  it('is made of the bytes, the name and the type', () => {
    expect(assetPath(logo)).toMatch(/^\/assets\/[0-9a-f]{16}-logo\.png$/);
    expect(assetPath(font)).toMatch(/^\/assets\/[0-9a-f]{16}-Inter-20V\.woff2$/);
    expect(assetPath({ ...logo, base64: font.base64 })).not.toBe(assetPath(logo));
  });

  it.each([
    ['/', 'text/css', /-file\.css$/],
    ['/../../etc/passwd', 'image/png', /-passwd\.png$/],
    ['/a/..', 'image/png', /^\/assets\/[0-9a-f]{16}-file\.png$/],
    ['/run.html', 'text/html', /-run\.bin$/],
    ['/run.js', 'text/javascript', /-run\.bin$/],
    ['/x.WOFF2?v=1', 'application/octet-stream', /-x\.woff2$/],
  ])('keeps %s of type %s a harmless file name', (url, mime, name) => {
    expect(assetPath(asset(url, mime))).toMatch(name);
  });
});

describe('rewriteAssetUrls', () => {
  it.each([
    'url(../img/logo.png)',
    'url( "../img/logo.png" )',
    "url('/img/logo.png')",
    'URL(/img/logo.png#part)',
    String.raw`url(../img/l\6f go.png)`,
  ])('points %s into the clone', (written) => {
    expect(inCss(`a { background: ${written} no-repeat }`)).toMatch(
      new RegExp(String.raw`^a \{ background: url\("${assetPath(logo)}(#part)?"\) no-repeat \}$`),
    );
  });

  it('resolves against an absolute address too', () => {
    expect(inCss('url(../img/logo.png)', 'http://127.0.0.1:8080/css/main.css')).toBe(`url("${assetPath(logo)}")`);
    expect(inCss('url(Inter%20V.woff2?x=1)', 'https://fonts.example/f/all.css')).toBe(`url("${assetPath(font)}")`);
  });

  it('asks nobody for what the logs do not hold', () => {
    expect(inCss('url(https://evil.example/p.png) url(gone.png) url(//evil.example/q)')).toBe('url("data:,") url("data:,") url("data:,")');
    expect(inCss('@import "https://evil.example/a.css";')).toBe('@import "data:,";');
    expect(inCss('@import url(gone.css) print;')).toBe('@import url("data:,") print;');
  });

  it('leaves data addresses, fragments, comments and strings as they are', () => {
    const css = `a { b: url(data:image/png;base64,AA=); c: url(#mask); d: "url(x.png)" } /* url(x.png) "  */ e { f: 'it\\'s url(y)' }`;
    expect(inCss(css)).toBe(css);
  });
});

describe('rewriteSrcset', () => {
  it('points every candidate into the clone and keeps the descriptors', () => {
    const find = assetFinder('/page', assets);
    expect(rewriteSrcset(' /img/logo.png 1x,/img/logo.png  2x , gone.png', find)).toBe(
      `${assetPath(logo)} 1x, ${assetPath(logo)}  2x, data:,`,
    );
  });
});
