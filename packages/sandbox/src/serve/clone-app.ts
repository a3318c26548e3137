import { Hono } from 'hono';
import type { Context } from 'hono';
import type { ServedFile } from './clone-files.ts';
import { served } from './clone-files.ts';
import { allowlistHeader, securityHeaders } from './headers.ts';

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The index page with the account that the episode begins with. */
function indexFor(index: ServedFile, account: string | undefined): ServedFile {
  if (account === undefined) return index;
  const meta = /<meta name="backlot-account" content="[^"]*">/;
  const text = new TextDecoder().decode(index.bytes);
  const named = `<meta name="backlot-account" content="${escapeAttribute(account)}">`;
  const page = meta.test(text) ? text.replace(meta, () => named) : text.replace(/<head[^>]*>/i, (head) => head + named);
  return served('/index.html', new TextEncoder().encode(page));
}

/** True for what a page loads as a part of itself: there the index page would be a wrong answer, not a fallback. */
function isPart(context: Context): boolean {
  const wanted = context.req.header('sec-fetch-dest');
  return wanted !== undefined && !['document', 'iframe', 'empty'].includes(wanted);
}

function answer(context: Context, file: ServedFile, caching: string): Response {
  const headers = { etag: file.etag, 'cache-control': caching };
  if (context.req.header('if-none-match') === file.etag) return context.body(null, 304, headers);
  return context.body(file.bytes, 200, { ...headers, 'content-type': file.mime });
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/**
 * A clone over HTTP: its files at their addresses, and the index page at every other one, since those are the application's own
 * paths. Assets never change under their name; everything else is asked for anew.
 */
export function createCloneApp(files: ReadonlyMap<string, ServedFile>, account?: string): Hono {
  const index = indexFor(files.get('/index.html') as ServedFile, account);
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries({ ...securityHeaders, ...allowlistHeader })) context.header(name, value);
  });
  app.on(['GET', 'HEAD'], '*', (context) => {
    const path = decoded(context.req.path);
    const file = files.get(path.endsWith('/') && path.startsWith('/explain/') ? `${path}index.html` : path);
    if (file && path !== '/index.html')
      return answer(context, file, path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache');
    if (isPart(context)) return context.text(`The clone holds no ${path}.`, 404);
    return answer(context, index, 'no-store');
  });
  app.all('*', (context) =>
    context.text('A clone answers GET and HEAD only: requests that change data never leave its page.', 405, { allow: 'GET, HEAD' }),
  );
  return app;
}
