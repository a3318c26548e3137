import { serveTodomvc } from '@backlot/example-todomvc';
import type { Subject } from './real-play.ts';

/** TodoMVC in a browser; what it holds is in the browser's own storage. */
export async function todomvc(implementation: string, parts: Pick<Subject, 'clone' | 'browser'>): Promise<Subject> {
  // A fresh browser context is a fresh application: one server does for all.
  const served = await serveTodomvc(implementation);
  return {
    name: `TodoMVC (${implementation})`,
    ...parts,
    open: async () => ({ baseURL: served.baseURL, close: async () => undefined }),
    close: () => served.close(),
    async records(page, baseURL) {
      // Who went back beyond the beginning has left the application; what it holds is still there.
      if (!page.url().startsWith(baseURL)) await page.goto(baseURL);
      const texts = await page.evaluate(() => Object.values({ ...localStorage }));
      return texts
        .flatMap((text) => JSON.parse(text) as unknown)
        .filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null && 'id' in item)
        .map(({ id: _id, ...rest }) => JSON.stringify(rest));
    },
    keep: async (page) => ({ url: page.url(), items: await page.evaluate(() => ({ ...localStorage })) }),
    async put(page, kept) {
      const { url, items } = kept as { readonly url: string; readonly items: Readonly<Record<string, string>> };
      await page.evaluate(
        ([at, all]) => {
          for (const [name, value] of Object.entries(all)) localStorage.setItem(name, value);
          history.replaceState(null, '', at);
        },
        [url, items] as const,
      );
      await page.reload();
    },
  };
}
