import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Name of the function through which the page hands over its events. */
export const BINDING = '__backlotRecord';

let library: string | undefined;

/** The script that records a page from its first moment: rrweb, in the top window only, one call of the binding for each event. */
export function pageScript(): string {
  library ??= readFileSync(
    createRequire(import.meta.url)
      .resolve('@rrweb/record')
      .replace(/record\.c?js$/, 'record.umd.min.cjs'),
    'utf8',
  );
  return `(() => { if (window.top !== window) return;
const exports = {}, module = { exports };
${library}
const record = module.exports.record ?? exports.record ?? window.rrwebRecord.record;
const emit = window.${BINDING};
const options = ${JSON.stringify(OPTIONS)};
const begin = () => record({ ...options, emit: (event) => emit(JSON.stringify(event)) });
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
else begin();
})()`;
}

/** Every input of a burst is kept; mouse paths and canvas content, which nothing reads, are not. */
const OPTIONS = {
  inlineStylesheet: true,
  collectFonts: false,
  recordCanvas: false,
  sampling: { mousemove: false, scroll: 200, input: 'all' },
  slimDOMOptions: {},
};
