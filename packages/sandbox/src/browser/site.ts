import type { World } from '@backlot/protocol';
import type { Hono } from 'hono';
import type { Site } from '../containment/context.ts';
import { createCloneApp } from '../serve/clone-app.ts';
import type { Clone } from '../engine/port.ts';
import { readCloneFiles, served, type ServedFile } from '../serve/clone-files.ts';

/** Where clones live in the browser: a reserved name (RFC 6761), never the host of the real application. */
export const cloneOrigin = 'http://clone.backlot.test';

/** A clone's folder as it is answered to each account. */
export type ClonePerAccount = (account: string) => Hono;

/** Keeps the folders of clones that were read; one that can't be read is read again the next time. */
export function cloneShelf(): (clone: Clone & { readonly dir: string }) => Promise<ClonePerAccount> {
  const clones = new Map<string, Promise<ClonePerAccount>>();
  return ({ dir, hash, variant, world }) => {
    const key = JSON.stringify([hash, dir, variant]);
    const known =
      clones.get(key) ?? readCloneFiles(dir).then((files) => perAccount(variant === undefined ? files : withWorld(files, world)));
    clones.set(key, known);
    known.catch(() => clones.delete(key));
    return known;
  };
}

/** The files with another world. */
function withWorld(files: ReadonlyMap<string, ServedFile>, world: World): ReadonlyMap<string, ServedFile> {
  const address = '/world.json';
  return new Map([...files, [address, served(address, new TextEncoder().encode(JSON.stringify(world)))]]);
}

/** The index page names the account, so each account is an app of its own over the same files. */
function perAccount(files: ReadonlyMap<string, ServedFile>): ClonePerAccount {
  const apps = new Map<string, Hono>();
  return (account) => {
    const app = apps.get(account) ?? createCloneApp(files, account);
    apps.set(account, app);
    return app;
  };
}

/** A clone as the site of a context, for the account of the episode as it now is. */
export function cloneSite(app: () => Hono, blocked: (url: string) => void): Site {
  return {
    origin: cloneOrigin,
    blocked,
    async answer({ url, method, destination }) {
      const response = await app().request(url, { method, headers: { 'sec-fetch-dest': destination } });
      const body = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: Object.fromEntries(response.headers), body };
    },
  };
}
