import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { AskRequest, Claude, ClaudeOptions } from '../src/index.ts';
import { createClaude } from '../src/index.ts';
import { serveMessages, type MessagesServer, type Turn } from './fixtures/messages-server.ts';

const request: AskRequest = {
  system: 'You name colours.',
  context: 'The shop sells paint.',
  question: 'Which colour?',
  tool: { name: 'answer', description: 'The colour', schema: z.strictObject({ colour: z.string() }) },
  maxTokens: 500,
};
const red: Turn = { input: { colour: 'red' } };

let dir: string;
let pauses: number[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backlot-llm-'));
  pauses = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const surroundings = {
  now: () => Date.UTC(2026, 0, 1),
  random: () => 0.5,
  sleep: (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  },
};

async function started(turns: readonly Turn[], options: Partial<ClaudeOptions> = {}): Promise<{ claude: Claude; server: MessagesServer }> {
  const server = await serveMessages(turns);
  onTestFinished(() => server.close());
  const claude = await createClaude({ ...surroundings, apiKey: 'test-key', baseURL: server.url, limits: { usd: 1 }, ...options });
  return { claude, server };
}

describe('ask', () => {
  it('forces the one tool, marks the shared prefix for the cache and gives back the input', async () => {
    const { claude, server } = await started([red]);
    expect(await claude.ask(request)).toMatchObject({ input: { colour: 'red' } });
    expect(server.complaints).toEqual([]);
    expect(server.bodies[0]).toMatchObject({
      tool_choice: { type: 'tool', name: 'answer' },
      tools: [{ strict: true, input_schema: { additionalProperties: false, required: ['colour'] } }],
      messages: [{ content: 'Which colour?' }],
    });
  });

  it('tells a model that refuses to be forced to call the tool', async () => {
    const { claude, server } = await started([red], { model: 'claude-opus-5-5' });
    expect(await claude.ask(request)).toMatchObject({ input: { colour: 'red' } });
    expect(server.complaints).toEqual([]);
    expect(server.bodies[0]?.system[0]?.text).toContain('calling the tool answer');
  });

  it('takes a JSON schema, and asks for strictness only where the service can keep it', async () => {
    const { claude, server } = await started([{ input: { any: 1 } }]);
    const schema = { type: 'object', properties: { next: { $ref: '#' } }, additionalProperties: false };
    expect(await claude.ask({ ...request, tool: { ...request.tool, schema } })).toMatchObject({ input: { any: 1 } });
    expect(server.bodies[0]?.tools[0]?.strict).toBeUndefined();
  });

  it('computes the cost from the usage, cache reads and writes included', async () => {
    const usage = { input_tokens: 1000, output_tokens: 100, cache_creation_input_tokens: 2000, cache_read_input_tokens: 4000 };
    const { claude } = await started([{ ...red, usage }], { model: 'claude-sonnet-5' });
    const { spent } = await claude.ask(request);
    expect(spent.tokens).toBe(7100);
    expect(spent.usd).toBeCloseTo((1000 * 2 + 100 * 10 + 2000 * 2.5 + 4000 * 0.2) / 1e6, 10);
    expect(claude.spent).toEqual(spent);
  });

  it.each([
    ['an input that does not fit', { input: { colour: 7 } }, 'does not fit its schema at colour'],
    ['an input that is no object', { input: '{"colour"' }, 'does not fit its schema'],
    ['an answer that was cut off', { stop: 'max_tokens' }, 'cut off at 500 tokens'],
    ['an answer in words', { stop: 'end_turn' }, 'without calling the tool'],
    ['a refusal', { stop: 'refusal' }, 'declined'],
  ] as const)('says why there is no answer, and what it cost: %s', async (_, turn, why) => {
    const { claude } = await started([turn]);
    const answer = await claude.ask(request);
    expect(answer).toMatchObject({ unanswered: expect.stringContaining(why) });
    expect(answer.spent.usd).toBeGreaterThan(0);
  });

  it('asks nobody without a key, and says so in one sentence', async () => {
    const { claude, server } = await started([red], { apiKey: undefined });
    await expect(claude.ask(request)).rejects.toThrow(/^No model is asked, because ANTHROPIC_API_KEY is not set\.$/);
    expect(server.bodies).toEqual([]);
  });

  it('refuses a model whose price is not known', async () => {
    await expect(started([], { model: 'claude-next' })).rejects.toThrow('No price is known for the model claude-next. Take one of');
  });
});

describe('retries', () => {
  it.each([408, 409, 429, 500, 503, 529])('asks again after %i', async (status) => {
    const { claude, server } = await started([{ status }, red]);
    expect(await claude.ask(request)).toMatchObject({ input: { colour: 'red' } });
    expect(server.bodies).toHaveLength(2);
  });

  it('waits longer each time, and never less than the service asks for', async () => {
    const later = new Date(Date.UTC(2026, 0, 1, 0, 0, 9)).toUTCString();
    const turns = [{ status: 529 }, { hangUp: true as const }, { status: 429, headers: { 'retry-after': '7' } }];
    const { claude } = await started([...turns, { status: 429, headers: { 'retry-after': later } }, red]);
    await claude.ask(request);
    expect(pauses).toEqual([750, 1500, 7000, 9000]);
  });

  it('gives up after five tries and says what the service said', async () => {
    const { claude, server } = await started(Array.from({ length: 9 }, () => ({ status: 529 })));
    await expect(claude.ask(request)).rejects.toThrow('The service answered 529: turn 5. Given up after 5 tries.');
    expect(server.bodies).toHaveLength(5);
  });

  it('does not wait for hours', async () => {
    const { claude } = await started([{ status: 429, headers: { 'retry-after': '7200' } }]);
    await expect(claude.ask(request)).rejects.toThrow('It asks to wait 7200 s, which is too long');
  });

  it.each([
    [{ status: 401 }, 'The service answered 401: turn 1. Check ANTHROPIC_API_KEY.'],
    [{ status: 400 }, 'The service answered 400: turn 1.'],
    [{ body: '{"half":' }, "The service's reply can't be read"],
    [{ body: '{"content":[]}' }, 'no message of the Messages API'],
  ])('does not repeat what will not get better: %j', async (turn, message) => {
    const { claude, server } = await started([turn, red]);
    await expect(claude.ask(request)).rejects.toThrow(message);
    expect(server.bodies).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const sleep = (): Promise<void> => Promise.resolve(stop.abort(new Error('Enough.')));
    const { claude, server } = await started([{ status: 529 }, red], { sleep });
    await expect(claude.ask(request, stop.signal)).rejects.toThrow('Enough.');
    expect(server.bodies).toHaveLength(1);
  });
});

describe('budgets', () => {
  it('sends nothing that might lead past the limit in money, and names spent and limit', async () => {
    const { claude, server } = await started([red, red], { limits: { usd: 0.02 } });
    await claude.ask(request);
    await expect(claude.ask({ ...request, question: 'And now?' })).rejects.toThrow(
      /The budget is reached: \$0\.0073 of \$0\.0200 spent, and the next question may cost up to \$0\.01/,
    );
    expect(server.bodies).toHaveLength(1);
  });

  it('counts what is on its way', async () => {
    const { claude, server } = await started([red, red], { limits: { usd: 0.02 } });
    const asked = await Promise.allSettled([claude.ask(request), claude.ask({ ...request, question: 'And now?' })]);
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(server.bodies).toHaveLength(1);
  });

  it('holds a limit in tokens', async () => {
    const { claude, server } = await started([red], { limits: { tokens: 400 } });
    await expect(claude.ask(request)).rejects.toThrow(/0 of 400 tokens spent, and the next question may take up to \d+/);
    expect(server.bodies).toEqual([]);
  });
});

describe('the cache', () => {
  it('answers a second time without the service, without a key and for nothing', async () => {
    const { claude } = await started([red], { cacheDir: dir });
    const first = await claude.ask(request);
    const { claude: later, server } = await started([], { cacheDir: dir, apiKey: undefined });
    expect(await later.ask(request)).toEqual({ ...first, spent: { usd: 0, tokens: 0 } });
    expect(server.bodies).toEqual([]);
  });

  it('keeps the whole request as JSON that a person can read, and no key', async () => {
    const { claude } = await started([red], { cacheDir: dir });
    await claude.ask(request);
    const text = readFileSync(join(dir, readdirSync(dir)[0]!), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      v: 1,
      asked: '2026-01-01T00:00:00.000Z',
      request: { messages: [{ content: 'Which colour?' }] },
    });
    expect(text).not.toContain('test-key');
  });

  it('asks anew where anything of the request differs', async () => {
    const { claude, server } = await started([red, red], { cacheDir: dir });
    await claude.ask(request);
    await claude.ask({ ...request, maxTokens: 501 });
    expect(server.bodies).toHaveLength(2);
  });

  it.each([
    ['half a file', (text: string) => text.slice(0, 40), 'it is no JSON'],
    ['another shape', () => '{"v":1}', 'it is no kept reply'],
    ['a changed request', (text: string) => text.replace('Which colour?', 'Which size?'), 'its request is not the one'],
  ])('leaves out %s with a warning', async (_, spoil, why) => {
    const warnings: string[] = [];
    const options = { cacheDir: dir, onWarning: (text: string) => void warnings.push(text) };
    const { claude, server } = await started([red, red], options);
    await claude.ask(request);
    const file = join(dir, readdirSync(dir)[0]!);
    writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    expect(await claude.ask(request)).toMatchObject({ input: { colour: 'red' } });
    expect(server.bodies).toHaveLength(2);
    expect(warnings).toEqual([expect.stringContaining(why)]);
    expect(warnings[0]).toContain(file);
  });
});

describe('recordings', () => {
  it('replays the same answers without the service', async () => {
    const file = join(dir, 'run.jsonl');
    const { claude } = await started([red, { stop: 'refusal' }], { recordTo: file });
    const said = [await claude.ask(request), await claude.ask({ ...request, question: 'And now?' })];
    const { claude: replayed, server } = await started([], { replayFrom: file });
    const again = [await replayed.ask(request), await replayed.ask({ ...request, question: 'And now?' })];
    expect(again).toEqual(said.map((answer) => ({ ...answer, spent: { usd: 0, tokens: 0 } })));
    expect(server.bodies).toEqual([]);
  });

  it('says that a request was not recorded, and where a recording is broken', async () => {
    const file = join(dir, 'run.jsonl');
    writeFileSync(file, '');
    const { claude } = await started([], { replayFrom: file });
    await expect(claude.ask(request)).rejects.toThrow(`${file} holds no reply to request`);
    writeFileSync(file, '\n{"request":1}\n');
    await expect(started([], { replayFrom: file })).rejects.toThrow(`${file}:2 is no recorded request`);
  });
});

describe('plan', () => {
  it('tells what would be asked and at what price, and sends nothing', async () => {
    const { claude, server } = await started([]);
    const plan = await claude.plan([request, { ...request, question: 'And now?' }]);
    expect(plan.requests.map(({ messages }) => messages[0]?.content)).toEqual(['Which colour?', 'And now?']);
    expect(plan.most.usd).toBeGreaterThan(plan.likely.usd);
    expect(plan.likely.usd).toBeGreaterThan(0);
    expect(server.bodies).toEqual([]);
  });

  it('leaves out what is remembered', async () => {
    const { claude } = await started([red], { cacheDir: dir });
    await claude.ask(request);
    expect(await claude.plan([request])).toMatchObject({ requests: [], remembered: 1, most: { usd: 0, tokens: 0 } });
  });
});
