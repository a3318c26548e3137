import type { World } from '@backlot/protocol';
import type { Backlot } from './api.ts';
import { createDocumentView } from './document-view.ts';
import { Episode } from './episode.ts';
import { listen } from './listeners.ts';
import { bodyElement, createTextNode, insertBefore, querySelector } from './natives.ts';
import { createStore } from './storage.ts';

function readWorldText(): string {
  // Synchronous on purpose: when the document's load event fires, the page is whole, and nothing is fetched afterwards.
  const request = new XMLHttpRequest();
  request.open('GET', '/world.json', false);
  request.send();
  if (request.status !== 200) throw new Error(`/world.json answers with HTTP ${request.status}`);
  return request.responseText;
}

/** What the caller may use, and nothing of what the runtime uses itself. */
function face(episode: Episode): Backlot {
  return Object.freeze({
    world: episode.world,
    state: () => episode.state(),
    explanation: () => episode.explanation(),
    dispatch: (event) => episode.dispatch(event),
    restore: (state) => episode.restore(state),
    reset: (account) => episode.reset(account),
    drain: () => episode.drain(),
    on: (listener) => episode.on(listener),
    holdTime: (held) => episode.holdTime(held),
  } satisfies Backlot);
}

function start(): void {
  const text = readWorldText();
  const world = JSON.parse(text) as World;
  const named = querySelector('meta[name="backlot-account"]');
  const account = (named instanceof HTMLMetaElement && named.content) || world.defaultAccount;
  const episode = new Episode({ world, store: createStore(world, text), view: createDocumentView(world) });
  // An own, fixed property of the window: an element with the id `backlot` can't stand in for it.
  Object.defineProperty(window, 'backlot', { value: face(episode) });
  listen(episode, account);
  episode.arrive(account);
}

try {
  start();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  const advice = 'Open the clone through a server that knows its folder: backlot serve CLONE.';
  insertBefore(bodyElement(), createTextNode(`This clone can't be shown: ${reason}. ${advice}`), null);
  throw error;
}
