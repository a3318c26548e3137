import { isObject } from './rrweb/events.ts';

/** What a log says of itself beside its events. Every part may be missing. */
export interface LogMeta {
  readonly app?: string;
  readonly session?: string;
  readonly account?: string;
  readonly baseURL?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly synthetic?: boolean;
}

/** Reads the JSON of a `meta.json`; parts of the wrong type are left out and named in `wrong`. */
export function readMeta(json: unknown): { readonly meta: LogMeta; readonly wrong: readonly string[] } {
  if (!isObject(json)) return { meta: {}, wrong: ['the whole: it is no JSON object'] };
  const wrong: string[] = [];
  const take = <T>(name: string, isRight: (value: unknown) => value is T): Record<string, T> => {
    const value = json[name];
    if (value === undefined || value === null) return {};
    if (isRight(value)) return { [name]: value };
    wrong.push(name);
    return {};
  };
  const meta: LogMeta = {
    ...take('app', isText),
    ...take('session', isText),
    ...take('account', isKey),
    ...take('baseURL', isAddress),
    ...take('viewport', isViewport),
    ...take('synthetic', (value): value is boolean => typeof value === 'boolean'),
  };
  return { meta, wrong };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** A text that objects can hold something under. */
function isKey(value: unknown): value is string {
  return isText(value) && value !== '__proto__';
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value);
}

function isViewport(value: unknown): value is { width: number; height: number } {
  return isObject(value) && isSize(value['width']) && isSize(value['height']);
}

function isSize(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 20_000;
}
