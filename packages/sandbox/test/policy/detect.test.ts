import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownTexts, looksPersonal, looksSecret } from '../../src/policy/detect.ts';

describe('data that is looked for', () => {
  it.each([
    'see AKIAIOSFODNN7EXAMPLE',
    `ghp_${'a1'.repeat(18)}`,
    '-----BEGIN RSA PRIVATE KEY-----',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc',
    `sk-${'ab3'.repeat(10)}`,
  ])('is a secret: %s', (text) => expect(looksSecret(text)).toBe(true));

  it.each(['Buy milk', 'A skeleton key', 'https://example.test/items?page=2', 'sk-short', 'AKIA is a prefix'])('is no secret: %s', (text) =>
    expect(looksSecret(text)).toBe(false),
  );

  it.each(['ada@example.test', 'call +49 30 1234567', '4111 1111 1111 1111', 'DE89 3704 0044 0532 0130 00'])('is personal: %s', (text) =>
    expect(looksPersonal(text)).toBe(true),
  );

  it.each(['4111 1111 1111 1112', '0000 0000 0000 0000', 'DE89 3704 0044 0532 0130 01', 'order 20260101', '12 + 34', 'a @ b'])(
    'is not personal: %s',
    (text) => expect(looksPersonal(text)).toBe(false),
  );

  it('is found in every spelling that hides it from a plain search', () => {
    const secret = 'quiet-harbour-42';
    const finds = knownTexts([secret]);
    const spellings = [
      secret,
      'QUIET HARBOUR 42',
      'q u i e t h a r b o u r 4 2',
      [...secret].toReversed().join(''),
      encodeURIComponent('quiet harbour 42'),
      [...secret].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
      Buffer.from(secret).toString('hex'),
      'dhvrg-uneobhe-42',
      [...secret].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
      [...secret].map((sign) => `&#x${sign.charCodeAt(0).toString(16)};`).join(''),
      [...secret].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join(''),
      [...secret].map((sign) => `\\x${sign.charCodeAt(0).toString(16)}`).join(''),
      Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
      Buffer.from(Buffer.from(secret).toString('hex')).toString('base64url'),
      [...secret].map((sign) => `%25${sign.charCodeAt(0).toString(16)}`).join(''),
    ];
    for (const spelling of spellings) expect(finds(`x ${spelling} y`), spelling).toBe(true);
    expect(finds('a quiet harbour')).toBe(false);
  });

  it('is found in forms of letters that only look otherwise, with signs in it that nobody sees, and as addresses carry it', () => {
    const wide = (text: string): string => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const split = (text: string): string => [...text].join('\u200b');
    for (const form of [wide, split]) {
      expect(knownTexts(['quiet-harbour-42'])(form('quiet-harbour-42'))).toBe(true);
      expect(looksSecret(form('AKIAIOSFODNN7EXAMPLE'))).toBe(true);
      expect(looksPersonal(form('ada@example.test'))).toBe(true);
    }
    expect(looksPersonal('/send?to=ada%40example.test')).toBe(true);
    expect(looksPersonal('/send?card=4111+1111+1111+1111&x=%20')).toBe(true);
    expect(looksSecret('/send?key=%41KIAIOSFODNN7EXAMPLE')).toBe(true);
    expect(looksSecret('/send?key=%41%20prefix&%')).toBe(false);
  });

  it('is found wherever it stands in any text, and nothing is found in texts without it', () => {
    const finds = knownTexts(['zqxj-7']);
    const other = fc.string({ unit: fc.constantFrom(...'abc 123%/+='), maxLength: 60 });
    fc.assert(
      fc.property(other, other, (before, after) => {
        expect(finds(`${before} zqxj-7 ${after}`)).toBe(true);
        expect(finds(before)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const detector of [looksSecret, looksPersonal, knownTexts(['abcd'])]) expect(typeof detector(text)).toBe('boolean');
      }),
      { numRuns: 5000 },
    );
  });
});
