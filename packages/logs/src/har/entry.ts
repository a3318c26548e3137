import type { Asset, Exchange } from '@backlot/protocol';
import { isObject, objectsOf } from '../rrweb/events.ts';
import type { Json } from '../rrweb/events.ts';

/** An exchange with what only the reading of actions needs. */
export interface HarEntry {
  readonly exchange: Exchange;
  /** True where the answer became the page. */
  readonly isDocument: boolean;
  /** True for style sheets, scripts, images and fonts that the page asked for by itself. */
  readonly isStatic: boolean;
  /** The page that asked, as an absolute address without fragment. */
  readonly referrer?: string;
  /** True where the address was typed or came from outside. */
  readonly isTyped: boolean;
  readonly asset?: Asset;
}

const textual = /json|html|xml|text|javascript|x-www-form-urlencoded|svg/i;
const assetTypes = /^(text\/css|image\/|font\/|application\/(x-)?font|application\/vnd\.ms-fontobject)/i;
const staticTypes =
  /^(text\/css|image\/|font\/|audio\/|video\/|application\/(x-)?font|application\/vnd\.ms-fontobject|(application|text)\/(x-)?javascript)/i;

/** Reads one entry of a HAR file, or says what keeps it from being one. `baseURL` is cut off its own addresses. */
export function readHarEntry(value: unknown, baseURL: string): HarEntry | string {
  if (!isObject(value) || !isObject(value['request']) || !isObject(value['response'])) return 'it has no request or no response';
  const { request, response } = value;
  const { url: href, method } = request;
  const at = Date.parse(String(value['startedDateTime']));
  if (!Number.isFinite(at)) return 'its "startedDateTime" is no moment';
  if (typeof href !== 'string' || typeof method !== 'string') return 'its request has no address or no method';
  const content = isObject(response['content']) ? response['content'] : {};
  const mime = textIn(content, 'mimeType');
  const url = relativeUrl(href, baseURL);
  const origin = originOf(request, textIn(value, '_resourceType'));
  const asset = origin.isScripted ? undefined : assetOf(url, mime, content);
  const { isDocument, isTyped, referrer } = origin;
  // The page itself stands in the events; a second copy of each would be most of what a set of logs weighs.
  const kept = isDocument && /html/i.test(mime) ? {} : content;
  return {
    exchange: { ...exchangeOf({ request, response, content: kept, mime, url, baseURL }), at, ms: durationOf(value) },
    isDocument,
    isStatic: !origin.isScripted && method.toUpperCase() === 'GET' && staticTypes.test(mime),
    isTyped,
    ...(referrer === undefined ? {} : { referrer }),
    ...(asset === undefined ? {} : { asset }),
  };
}

function durationOf(entry: Json): number {
  return Math.max(0, Number(entry['time']) || 0);
}

/** Who asked, as the request's headers and the browser's own mark tell. */
function originOf(
  request: Json,
  kind: string,
): { isScripted: boolean; isDocument: boolean; isTyped: boolean; referrer: string | undefined } {
  const headers = headersOf(request);
  return {
    isScripted: kind === 'xhr' || kind === 'fetch' || headers.has('x-requested-with'),
    isDocument: kind === 'document' || headers.get('sec-fetch-dest') === 'document',
    isTyped: headers.get('sec-fetch-site') === 'none',
    referrer: headers.get('referer'),
  };
}

function textIn(json: Json, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}

/** The address relative to the application's base address where it belongs to it, else as it is. */
export function relativeUrl(url: string, baseURL: string): string {
  const base = baseURL.replace(/\/+$/, '');
  if (base === '' || !url.startsWith(base)) return url;
  const rest = url.slice(base.length);
  if (rest === '') return '/';
  if (rest.startsWith('/')) return rest;
  return rest.startsWith('?') || rest.startsWith('#') ? `/${rest}` : url;
}

interface Parts {
  readonly request: Json;
  readonly response: Json;
  readonly content: Json;
  readonly mime: string;
  readonly url: string;
  readonly baseURL: string;
}

function exchangeOf({ request, response, content, mime, url, baseURL }: Parts): Omit<Exchange, 'at' | 'ms'> {
  const requestBody = bodyOf(request['postData']);
  const responseBody = textual.test(mime) && !assetTypes.test(mime) ? textOf(content) : undefined;
  const redirect = typeof response['redirectURL'] === 'string' && response['redirectURL'] !== '' ? response['redirectURL'] : undefined;
  return {
    method: String(request['method']).toUpperCase(),
    url,
    status: Number(response['status']) || 0,
    responseMime: mime,
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(redirect === undefined ? {} : { redirect: relativeUrl(redirect, baseURL) }),
    ...(responseBody === undefined ? {} : { responseBody }),
  };
}

function headersOf(message: Json): Map<string, string> {
  return new Map(objectsOf(message['headers']).map(({ name, value }) => [String(name).toLowerCase(), String(value)]));
}

function bodyOf(post: unknown): Exchange['requestBody'] {
  if (!isObject(post)) return undefined;
  const mimeType = typeof post['mimeType'] === 'string' ? post['mimeType'] : '';
  if (typeof post['text'] === 'string' && post['text'] !== '') return { mimeType, text: post['text'] };
  const params = objectsOf(post['params']);
  if (params.length === 0) return undefined;
  return { mimeType, text: new URLSearchParams(params.map(({ name, value }) => [String(name), String(value ?? '')])).toString() };
}

function textOf(content: Json): string | undefined {
  const { text, encoding } = content;
  if (typeof text !== 'string') return undefined;
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text;
}

function assetOf(url: string, mime: string, content: Json): Asset | undefined {
  const { text, encoding } = content;
  if (typeof text !== 'string' || text === '' || !assetTypes.test(mime)) return undefined;
  return { url, mime, base64: encoding === 'base64' ? text : Buffer.from(text).toString('base64') };
}
