import { compileStyles, styleSheetsOf } from '@backlot/logs';
import type { LogSet, PageView, Session } from '@backlot/protocol';
import { rewriteAssetUrls } from './clone/asset-urls.ts';
import type { Looks } from './emit/world.ts';
import { inOrder } from './log-order.ts';

/**
 * How an application looks, from the style sheets that its logged pages carry: each distinct sheet once, in the order in which
 * they were first seen. Addresses in them lead to the clone's copies of the logs' assets.
 */
export function looksOf(logs: LogSet): Looks {
  const { sessions } = inOrder(logs);
  const viewport = sessions[0]?.viewport ?? { width: 1280, height: 800 };
  const sheets = distinctSheets(sessions);
  return {
    styles: compileStyles([...sheets.keys()], viewport),
    css: [...sheets].map(([text, href]) => rewriteAssetUrls(text, href, logs.assets)),
  };
}

/** The sheets by their text, each with the address of the page that it was first seen on. */
function distinctSheets(sessions: readonly Session[]): ReadonlyMap<string, string> {
  const sheets = new Map<string, string>();
  for (const session of sessions) {
    for (const { root, url } of viewsOf(session)) {
      for (const text of styleSheetsOf(root)) {
        const own = withoutOrigin(text, session.baseURL);
        if (!sheets.has(own)) sheets.set(own, url);
      }
    }
  }
  return sheets;
}

/** Recorders make addresses absolute; the application's own must not differ between sessions recorded at different ports. */
function withoutOrigin(text: string, baseURL: string): string {
  return baseURL === '' ? text : text.replaceAll(`${baseURL}/`, '/');
}

function viewsOf({ steps }: Session): readonly PageView[] {
  const seen = new Set<PageView['root']>();
  return steps
    .flatMap(({ before, after }) => [before, after])
    .filter(({ root }) => {
      const isNew = !seen.has(root);
      seen.add(root);
      return isNew;
    });
}
