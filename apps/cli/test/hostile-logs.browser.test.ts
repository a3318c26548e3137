import { createServer, type Server } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLogs } from '@backlot/logs';
import type { Action } from '@backlot/protocol';
import { launchBrowser, recordSession, type Recorder } from '@backlot/recorder';
import { createBrowserEngine, createTextEngine, readClone, type Engine } from '@backlot/sandbox';
import { looksOf, synthesise, writeClone } from '@backlot/synth';
import { afterAll, beforeAll, expect, it } from 'vitest';

const executablePath = process.env['BACKLOT_CHROMIUM'] ?? '';

/** Texts that mean something to whatever reads them carelessly: markup, templates, prototypes, paths, shells, spreadsheets, terminals. */
const attacks = [
  '"><img src=x onerror="document.title=`owned`">',
  '</script><script>document.title = "owned"</script>',
  '{{constructor.constructor("return process")()}} ${process.exit(1)} <%= exit %>',
  '__proto__',
  'constructor',
  '../../../../etc/passwd',
  '$(touch owned); `touch owned` | touch owned',
  '=HYPERLINK("https://out.example")',
  '\u001b[2J\u202Eowned\u2066',
];
const names = ['__proto__', 'hasOwnProperty', 'toString', 'querySelector', 'children', 'submit', 'backlot'];
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const style = `p { constructor: x; display: var(constructor) } p:constructor { display: none } [constructor] { display: none }
  @media (constructor) { p { display: none } } @media (min-width: 1constructor) { p { display: none } }`;

/** An application that is called in every place by names that shadow, and whose data are attacks. */
function page(notes: readonly string[]): string {
  const rows = notes.map(
    (note, i) => `<li title="${escape(note)}">${escape(note)} <a href="/drop?constructor=${i}&__proto__=x">Drop</a></li>`,
  );
  const fields = names.map((name) => `<input type="hidden" name="${name}" id="${name}" value="${name}">`);
  return `<!doctype html><html><head><title>${escape(notes.at(-1) ?? 'None')}</title><style>${style}</style></head><body>
    <constructor>Made</constructor><tostring valueOf="x">Said</tostring><img name="cookie" alt=""><form name="cookie"></form>
    <form id="backlot" method="post" action="/add?__proto__=polluted">${fields.join('')}
    <label>Note <input name="constructor"></label><button>Add</button></form><p>${notes.length} notes</p><ul>${rows.join('')}</ul></body></html>`;
}

function serveNotes(): Promise<Server> {
  const notes: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://app.test');
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (pathname === '/add') notes.push(new URLSearchParams(body).getAll('constructor').at(-1) ?? '');
      if (pathname === '/drop') notes.splice(Number(searchParams.get('constructor')), 1);
      if (pathname === '/reset') notes.length = 0;
      if (pathname === '/') response.setHeader('content-type', 'text/html; charset=utf-8').end(page(notes));
      else response.writeHead(303, { location: '/' }).end();
    });
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

let server: Server;
let work: string;
beforeAll(async () => {
  server = await serveNotes();
  work = mkdtempSync(path.join(tmpdir(), 'backlot-hostile-'));
});
afterAll(() => {
  server.close();
  rmSync(work, { recursive: true, force: true });
});

const add =
  (notes: readonly string[]) =>
  async ({ page: open }: Recorder): Promise<void> => {
    const follow = (text: string): Promise<unknown> =>
      Promise.all([open.waitForEvent('load'), open.getByText(text, { exact: true }).first().click()]);
    for (const note of notes) {
      await open.locator('label input').fill(note);
      await open.waitForTimeout(50);
      await follow('Add');
    }
    await follow('Drop');
  };

const words = ['Milk', 'Bread', 'Tea', 'Ham', 'Eggs', 'Jam', 'Oats', 'Rice', 'Salt'];

/** Logs of the application, told to come from places and people with names of the same kind. */
async function record(logs: string, texts: readonly string[]): Promise<void> {
  const browser = await launchBrowser({ executablePath });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    for (const [i, shift] of [0, 3, 6].entries()) {
      await fetch(`${url}reset`);
      const drive = add([...texts.slice(shift), ...texts.slice(0, shift)].slice(0, 5));
      await recordSession({ url, out: logs, browser, session: `s${i}`, app: 'notes', account: 'default', synthetic: true, drive });
      const meta = path.join(logs, `s${i}.meta.json`);
      const said = JSON.parse(readFileSync(meta, 'utf8')) as object;
      writeFileSync(meta, JSON.stringify({ ...said, app: '../../owned', session: `../../owned${i}`, account: 'constructor' }));
    }
  } finally {
    await browser.close();
  }
}

const on = (role: string, name: string): Pick<Action, 'target'> => ({ target: { role, name, nth: 0 } });
const actions: readonly Action[] = [
  ...attacks.slice(0, 4).flatMap((value): readonly Action[] => [
    { kind: 'fill', ...on('textbox', 'Note'), value },
    { kind: 'click', ...on('button', 'Add') },
  ]),
  { kind: 'click', ...on('link', 'Drop') },
  { kind: 'reload' },
  { kind: 'back' },
];

async function replay(engine: Engine, dir: string): Promise<readonly unknown[]> {
  try {
    const clone = await readClone(dir);
    const episode = await engine.open({ clone, account: 'constructor' });
    const seen: unknown[] = [{ observation: await episode.observe() }];
    for (const action of actions) {
      const { refused, observation, dialogs } = await episode.act(action);
      seen.push({ isRefused: refused !== undefined, dialogs, url: observation.url, title: observation.title, aria: observation.aria });
    }
    await episode.close();
    return seen;
  } finally {
    await engine.close();
  }
}

/** Records, learns and plays what was learned in both engines, which have to agree. */
async function throughAll(name: string, texts: readonly string[]): Promise<string> {
  const [logs, dir] = [path.join(work, `${name}-logs`), path.join(work, `${name}-clone`)];
  await record(logs, texts);
  const set = await readLogs(logs);
  expect(set.sessions.map(({ account }) => account)).toEqual(['constructor', 'constructor', 'constructor']);
  const { world } = synthesise(set, looksOf(set));
  await writeClone(dir, { world, assets: set.assets });
  const inText = await replay(createTextEngine(), dir);
  expect(inText).toHaveLength(actions.length + 1);
  expect(await replay(createBrowserEngine({ executablePath }), dir)).toEqual(inText);
  return JSON.stringify(inText);
}

it('turns hostile logs into a clone that does the same in every engine, and changes nothing else', { timeout: 240_000 }, async () => {
  const owned = (): readonly string[] => readdirSync(path.dirname(work)).filter((name) => name.includes('owned'));
  const before = owned();
  const seen = await throughAll('attacks', attacks);
  expect(seen).toContain('onerror');
  expect(seen).not.toContain('"title":"owned"');
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(readdirSync(work).sort()).toEqual(['attacks-clone', 'attacks-logs']);
  expect(owned()).toEqual(before);
});

it(
  'learns to keep what fields called like members of every object send, and shows attacks that are typed into them as text',
  { timeout: 240_000 },
  async () => {
    const seen = await throughAll('words', words);
    expect(seen).toContain('4 notes');
    expect(seen).toMatch(/listitem[^\n]*onerror/);
  },
);
