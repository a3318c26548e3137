import { readFileSync } from 'node:fs';
import type { VirtualClock } from './virtual-clock.ts';

/** HAR 1.2, as far as the recorder looks at it. */
export interface Har {
  readonly log: {
    readonly pages?: { startedDateTime: string }[];
    readonly entries: HarEntry[];
  };
}

interface HarEntry {
  startedDateTime: string;
  readonly _resourceType?: string;
  readonly request: { readonly headers: readonly { readonly name: string }[] };
  readonly response: { readonly content: { mimeType?: string; text?: string; encoding?: string } };
}

/** What a HAR keeps, and the time that it tells. */
export interface HarOptions {
  readonly clock: VirtualClock;
  readonly assets: boolean;
}

/** Reads the HAR that a browser context left; null where there is none (the browser died). */
export function readHar(file: string, options: HarOptions): Har | null {
  let har: Har;
  try {
    har = JSON.parse(readFileSync(file, 'utf8')) as Har;
  } catch {
    return null;
  }
  return retell(har, options);
}

/** Moves a HAR to the clock's time and drops the bodies that no reader of logs uses: programs, and assets unless they are wanted. */
export function retell(har: Har, { clock, assets }: HarOptions): Har {
  const told = (moment: string): string => new Date(clock.tell(Date.parse(moment))).toISOString();
  for (const page of har.log.pages ?? []) page.startedDateTime = told(page.startedDateTime);
  for (const entry of har.log.entries) {
    entry.startedDateTime = told(entry.startedDateTime);
    if (isAnswer(entry) || (assets && isAsset(entry))) continue;
    delete entry.response.content.text;
    delete entry.response.content.encoding;
  }
  return har;
}

/** A document, or anything that a script asked for: a script fetched by a script is data too. */
function isAnswer(entry: HarEntry): boolean {
  if (/^(xhr|fetch)$/.test(entry._resourceType ?? '')) return true;
  if (entry.request.headers.some(({ name }) => /^x-requested-with$/i.test(name))) return true;
  return /json|html|xml|plain|x-www-form/.test(entry.response.content.mimeType ?? '') && !isAsset(entry);
}

function isAsset(entry: HarEntry): boolean {
  return /css|^image\/|font|woff/.test(entry.response.content.mimeType ?? '');
}
