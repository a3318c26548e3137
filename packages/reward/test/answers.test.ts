import { describe, expect, it } from 'vitest';
import { daysIn, matchesAnswer, sayAnswer, verify } from '../src/index.ts';
import type { Answer, State, Verifier, World } from '@backlot/protocol';

type Sayable = Exclude<Answer, { kind: 'impossible' }>;
const seven: Sayable = { kind: 'number', value: 1207 };
const day: Sayable = { kind: 'date', value: '2026-11-02' };
const name: Sayable = { kind: 'record', value: 'Notes on “deep” sea vents' };
const several: Sayable = { kind: 'set', values: ['Ada, Countess of Lovelace', 'Ada', 'Bob'] };

describe('matchesAnswer', () => {
  it('takes a number in a sentence, with or without commas between thousands, but no second one', () => {
    expect(['1207', 'There are 1,207 of them.'].map((text) => matchesAnswer(text, seven))).toEqual([true, true]);
    expect(['1208', '1 to 1207', 'many'].map((text) => matchesAnswer(text, seven))).toEqual([false, false, false]);
  });

  it('takes a day however it is written, but no second one', () => {
    const ways = ['2026-11-02', 'November 2, 2026', 'on 2 Nov 2026', 'the 2nd November 2026', '2.11.2026', 'Nov. 2nd, 2026 at 06:12'];
    expect(ways.filter((text) => !matchesAnswer(text, day))).toEqual([]);
    expect(['2026-11-03', '2026-11-02 or 2026-11-03', '2 November'].map((text) => matchesAnswer(text, day))).toEqual([false, false, false]);
  });

  it('takes the name of a record whatever its case and quotation marks, but no part of it', () => {
    expect(['notes on deep sea vents.', '"Notes on deep sea vents"'].map((text) => matchesAnswer(text, name))).toEqual([true, true]);
    expect(['Notes', 'Notes on deep sea vents and more'].map((text) => matchesAnswer(text, name))).toEqual([false, false]);
  });

  it('takes all names of a set in any order, each once, and no others', () => {
    const right = ['Bob, Ada, Ada, Countess of Lovelace', '- Ada\n- Bob\n- Ada, Countess of Lovelace', sayAnswer(several) as string];
    expect(right.filter((text) => !matchesAnswer(text, several))).toEqual([]);
    const wrong = ['Bob, Ada, Countess of Lovelace', `${right[0]}, Carol`, ''];
    expect(wrong.filter((text) => matchesAnswer(text, several))).toEqual([]);
  });
});

describe('daysIn', () => {
  it('finds no day in times and numbers', () => {
    expect(daysIn('12:30, 2026, 1.2, page 3 of 12, 5 marches 20')).toEqual([]);
  });
});

describe('a verifier that asks for an answer', () => {
  const world = { pages: [], rules: [], tables: [], registers: [] } as unknown as World;
  const state = { tables: {}, registers: {}, history: { entries: ['/'], index: 0 } } as unknown as State;
  const judged = (answer: Answer, said?: { answer?: string; gaveUp?: boolean }): ReturnType<typeof verify> => {
    const verifier: Verifier = { goals: [], nothingElse: true, answer };
    return verify(verifier, { world, start: state, end: state, ...(said ? { said } : {}) });
  };

  it('is not met before anything is said, nor by giving up', () => {
    expect(judged(seven)).toEqual({ reward: 0, progress: 0, feedback: ['Missing: the answer.'] });
    expect(judged(seven, { gaveUp: true, answer: '1207' }).reward).toBe(0);
    expect(judged(seven, { answer: '1207' }).reward).toBe(1);
  });

  it('where nothing can be done is met by giving up alone', () => {
    expect(judged({ kind: 'impossible' }, { answer: 'impossible' }).reward).toBe(0);
    expect(judged({ kind: 'impossible' }, { gaveUp: true })).toEqual({ reward: 1, progress: 1, feedback: [] });
  });
});
