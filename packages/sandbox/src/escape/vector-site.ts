import type { Answer } from '../containment/answers.ts';
import type { Site } from '../containment/context.ts';
import { mimeOf } from '../serve/mime.ts';
import type { Vector, VectorSet } from './vectors.ts';

/** Where attack pages live: a secure origin, so that all that the browser can do is there to be misused. */
const origin = 'https://clone.backlot.test';

/** Address of a vector's page. */
export function addressOf({ name }: Vector): string {
  return `${origin}/${encodeURIComponent(name)}`;
}

/** One attack page as a site. Scripts are files of the site's own, as those of a clone are: the policy alone does not stop them. */
export function vectorSite(vector: Vector, parts: VectorSet['parts']): Site {
  return {
    origin,
    blocked: () => undefined,
    async answer({ url }) {
      const { pathname } = new URL(url);
      const path = decodeURI(pathname);
      if (path === `/${vector.name}`) return page(vector);
      if (path === `/${vector.name}.js` && vector.kind === 'js') return text('x.js', vector.text);
      if (path === `/${vector.name}/redirect` && vector.redirect !== undefined) {
        return { status: 302, headers: { location: vector.redirect }, body: Buffer.alloc(0) };
      }
      const part = parts.get(path);
      return part === undefined ? { ...text('x.txt', 'There is no such file.'), status: 404 } : text(path, part);
    },
  };
}

function page({ kind, name, text: html, headers }: Vector): Answer {
  const empty = `<!doctype html><title>${encodeURIComponent(name)}</title><body><button id="go">Go</button><script src="/${encodeURIComponent(name)}.js"></script>`;
  const plain = text('x.html', kind === 'html' ? html : empty);
  return { ...plain, headers: { ...plain.headers, ...headers } };
}

function text(name: string, body: string): Answer {
  return { status: 200, headers: { 'content-type': mimeOf(name), 'service-worker-allowed': '/' }, body: Buffer.from(body) };
}
