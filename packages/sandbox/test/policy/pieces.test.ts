import type { Action } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, createTextEngine, parsePolicy, superviseEngine } from '../../src/index.ts';
import { detectors, remember, typedTexts } from '../../src/policy/pieces.ts';
import { emptyLedger, enter, type Ledger } from '../../src/policy/ledger.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';

const secret = 'quiet-harbour-42';
const { canary, secret: credential, personal } = detectors({ canaries: [secret] });

/** A text cut at random places, in pieces of at least so many signs. */
const cut = (text: string, shortest: number): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 8 }).map((places) => {
    const pieces: string[] = [];
    let from = 0;
    for (const place of [...places.toSorted((a, b) => a - b), text.length]) {
      if (place < text.length && (place - from < shortest || text.length - place < shortest)) continue;
      pieces.push(text.slice(from, place));
      from = place;
    }
    return pieces;
  });

/** At which of the texts it was found, one after the other. */
function foundAt(detector: typeof canary, texts: readonly string[]): readonly number[] {
  return texts.flatMap((text, i) => (detector(remember([], texts.slice(0, i)), [text]) ? [i] : []));
}

describe('data in pieces', () => {
  it('is found at its last piece, and only there, wherever it is cut and whatever was typed before and after', () => {
    const others = fc.array(fc.constantFrom('Buy milk', 'x', '12', 'harbour', 'Call Ada'), { maxLength: 5 });
    fc.assert(
      fc.property(others, cut(secret, 1), others, (before, pieces, after) => {
        expect(foundAt(canary, [...before, ...pieces, ...after])).toEqual([before.length + pieces.length - 1]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is found in any order where no piece is shorter than three letters', () => {
    const shuffled = cut('abcdefghijklmnopqrstuvwxyz', 3).chain((pieces) => fc.shuffledSubarray([...pieces], { minLength: pieces.length }));
    const alphabet = detectors({ canaries: ['abcdefghijklmnopqrstuvwxyz'] }).canary;
    fc.assert(
      fc.property(shuffled, (pieces) => {
        expect(foundAt(alphabet, pieces)).toEqual([pieces.length - 1]);
        if (pieces.length > 1) expect(foundAt(alphabet, pieces.slice(1))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is found where every sign is a key of its own', () => {
    const keys = [...secret].map((value): Action => ({ kind: 'press', value }));
    const texts = keys.flatMap(typedTexts);
    expect(foundAt(canary, texts)).toEqual([secret.length - 1]);
    expect(['Enter', 'Control+v', 'ArrowLeft'].flatMap((value) => typedTexts({ kind: 'press', value }))).toEqual([]);
    expect(['Shift+A', 'Space', 'é'].flatMap((value) => typedTexts({ kind: 'press', value }))).toEqual(['A', ' ', 'é']);
  });

  it.each([
    ['a credential', credential, ['AKIAIOSF', 'ODNN7EXAMPLE']],
    ['a card number', personal, ['4111', '1111', '1111', '1111']],
    ['an address', personal, ['ada', '@', 'example.test']],
  ])('is found by its form: %s', (_what, detector, pieces) => {
    expect(foundAt(detector, pieces)).toEqual([pieces.length - 1]);
  });

  it('is found in the fields that one action sends together', () => {
    expect(canary([], ['quiet-', 'harbour-42', '/send'])).toBe(true);
    expect(canary([], ['harbour-42', 'quiet-', '/send'])).toBe(true);
  });

  it('is not made up of what nobody typed', () => {
    expect(foundAt(canary, ['quiet', 'harbour', 'quiet harbour', '4', 'a quiet'])).toEqual([]);
    expect(
      foundAt(
        canary,
        [...'42ruobrahteiuq'].toReversed().filter((sign) => sign !== 'q'),
      ),
    ).toEqual([]);
  });

  it('is found again where it is cut once more after it was let through', () => {
    expect(foundAt(canary, ['quiet', 'harbour42', 'and', 'quiet-har', 'bour-42'])).toEqual([1, 4]);
  });

  it('is found where it begins at the end of a text, however long that is', () => {
    expect(foundAt(canary, [`${'Buy milk. '.repeat(100)}quiet-`, 'harbour-42'])).toEqual([1]);
  });

  it('is found after any number of texts that have nothing to do with it', () => {
    const long = Array.from({ length: 80 }, (_, i) => `${i} ${'Call Ada about tea. '.repeat(20)}`);
    expect(foundAt(canary, [...long, 'quiet', '-harb', 'our-42'])).toEqual([82]);
    expect(foundAt(canary, [...long, 'harbour-42', ...long.slice(0, 50), 'quiet-'])).toEqual([131]);
  });

  it('is remembered for a while, in a ledger that does not grow', () => {
    let ledger: Ledger = emptyLedger;
    for (let i = 0; i < 200; i++) {
      ledger = enter(ledger, { action: { kind: 'fill', value: 'x'.repeat(10_000) }, foresight: null, matched: [], seconds: 0 });
    }
    expect(ledger.typed).toHaveLength(64);
    expect(ledger.typed.map(({ text }) => text).join('').length).toBeLessThan(64 * 401);
  });
});

describe('a policy about secrets', () => {
  const policy = `
v: 1
name: quiet
canaries: [${secret}]
rules:
  - { id: secret, deny: It is a secret., when: { data: { kinds: [canary], in: [typed, sent] } } }
  - { id: work, allow: Fine., when: {} }
`;
  const field = { target: { role: 'textbox', name: 'What needs doing?', nth: 0 } };

  it('stops the piece that completes one, and lets the work go on', async () => {
    const engine = superviseEngine(createTextEngine(), { policies: [compilePolicy(parsePolicy(policy))] });
    const episode = await engine.open({ clone: { world: listWorld, hash: '0' }, account: 'two' });
    const add = async (value: string): Promise<readonly (string | undefined)[]> => {
      const typed = await episode.act({ kind: 'fill', ...field, value });
      const sent = await episode.act({ kind: 'press', ...field, value: 'Enter' });
      return [typed.decision?.verb, sent.decision?.verb];
    };
    expect(await add('quiet-')).toEqual(['allow', 'allow']);
    expect(await add('Buy milk')).toEqual(['allow', 'allow']);
    expect(await add('quiet')).toEqual(['allow', 'allow']);
    expect((await episode.act({ kind: 'fill', ...field, value: 'harbour-42' })).decision).toMatchObject({ verb: 'deny', rule: 'secret' });
    expect((await episode.act({ kind: 'fill', ...field, value: 'harbour' })).decision?.verb).toBe('allow');
    expect((await episode.act({ kind: 'fill', ...field, value: '-42' })).decision).toMatchObject({ verb: 'deny', rule: 'secret' });
    await engine.close();
  });
});
