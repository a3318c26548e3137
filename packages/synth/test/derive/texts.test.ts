import { describe, expect, it } from 'vitest';
import { generalises, inputsOf, learn, run } from './cases.ts';

const [a, b] = inputsOf(2);
const long = 'The quick brown fox jumps over the lazy dog';

describe('derive, for texts', () => {
  it('takes an input as it is, the earlier of two', () => {
    expect(
      learn([
        ['x', 'x', 'x'],
        ['y', 'y', 'y'],
      ]),
    ).toMatchObject({ expr: a, misses: [], alternatives: [b] });
  });

  it('trims and collapses white space', () => {
    generalises(
      [
        ['  ab ', 'ab'],
        ['c d', 'c d'],
        [' q', 'q'],
      ],
      [['  z  y ', 'z  y']],
    );
    generalises(
      [
        ['  a   b ', 'a b'],
        ['c  d', 'c d'],
        ['e', 'e'],
      ],
      [[' z \n y ', 'z y']],
    );
  });

  it('changes the case', () => {
    generalises(
      [
        ['Ann Lee', 'ann lee'],
        ['Bob', 'bob'],
      ],
      [['X Y', 'x y']],
    );
    generalises(
      [
        ['Ann Lee', 'ANN LEE'],
        ['Bob', 'BOB'],
      ],
      [['x y', 'X Y']],
    );
    generalises(
      [
        ['ann lee', 'Ann lee'],
        ['bob', 'Bob'],
      ],
      [['x y', 'X y']],
    );
    generalises(
      [
        ['ann lee', 'Ann Lee'],
        ['bob', 'Bob'],
      ],
      [['x y', 'X Y']],
    );
    generalises(
      [
        ['ANN LEE', 'Ann Lee'],
        ['BOB', 'Bob'],
      ],
      [['X Y', 'X Y']],
    );
  });

  it('takes the first line', () => {
    generalises(
      [
        ['one\ntwo', 'one'],
        ['three', 'three'],
        ['four\nfive\nsix', 'four'],
      ],
      [['seven\r\neight', 'seven']],
    );
  });

  it('cuts at a number of characters and adds an ellipsis to what is longer', () => {
    generalises(
      [
        [long, 'The quick ...'],
        ['short', 'short'],
        ['hello there world', 'hello ther...'],
      ],
      [
        ['0123456789abc', '0123456789...'],
        ['0123456789', '0123456789'],
      ],
    );
    generalises(
      [
        [long, 'The quick brown..'],
        ['hello there world again', 'hello there wor..'],
      ],
      [['0123456789abcdefgh', '0123456789abcde..']],
    );
    generalises(
      [
        [long, 'The qui…'],
        ['hello there world', 'hello t…'],
        ['12345678', '12345678'],
        ['abc', 'abc'],
      ],
      [['123456789', '1234567…']],
    );
  });

  it('cuts at a whole word', () => {
    generalises(
      [
        [long, 'The quick…'],
        ['several longer words stand here', 'several…'],
        ['short', 'short'],
        ['exactly eleven', 'exactly…'],
      ],
      [['some words of more', 'some words…']],
    );
    generalises(
      [
        [long, 'The quick brown...'],
        ['one two', 'one two'],
        ['alpha beta gamma delta epsilon', 'alpha beta gamma...'],
      ],
      [['a b c d e', 'a b c...']],
    );
  });

  it('takes what stands before, after or between delimiters', () => {
    generalises(
      [
        ['ann@site.org', 'ann'],
        ['bo@x.io', 'bo'],
      ],
      [['eve@a.b', 'eve']],
    );
    generalises(
      [
        ['ann@site.org', 'site.org'],
        ['bo@x.io', 'x.io'],
      ],
      [['eve@a.b', 'a.b']],
    );
    generalises(
      [
        ['file.tar.gz', 'gz'],
        ['a.txt', 'txt'],
        ['b.c.d', 'd'],
      ],
      [['x.y.z', 'z']],
    );
    generalises(
      [
        ['Ann (admin)', 'admin'],
        ['Bo (guest) x', 'guest'],
      ],
      [['Q (r)', 'r']],
    );
    generalises(
      [
        ['Sent by Ann Lee on Monday', 'Ann Lee'],
        ['Sent by Bo on Friday', 'Bo'],
        ['Sent by Kim Q on Sunday', 'Kim Q'],
      ],
      [['Sent by Z on Tuesday', 'Z']],
    );
  });

  it('takes one part of a split text', () => {
    generalises(
      [
        ['a/b/c', 'b'],
        ['dd/ee/ff', 'ee'],
      ],
      [['x/y/z', 'y']],
    );
    generalises(
      [
        ['2024-05-03', '05'],
        ['2023-11-30', '11'],
      ],
      [['1999-12-31', '12']],
    );
  });

  it('joins inputs and constants', () => {
    generalises(
      [
        ['Ann', 'Lee', 'Lee, Ann'],
        ['Bo', 'Kim', 'Kim, Bo'],
      ],
      [['X', 'Y', 'Y, X']],
    );
    generalises(
      [
        ['Ann', 3, 'Hello Ann, you have 3 messages'],
        ['Bo', 12, 'Hello Bo, you have 12 messages'],
      ],
      [['X', 7, 'Hello X, you have 7 messages']],
    );
    generalises(
      [
        ['Ann Lee', 'site.org', 'ann@site.org'],
        ['Bo Kim', 'x.io', 'bo@x.io'],
      ],
      [['Eve Q', 'a.b', 'eve@a.b']],
    );
  });

  it('leaves out an empty part', () => {
    generalises(
      [
        ['Ann', '', 'Ann!'],
        ['Bo', 'Jr', 'BoJr!'],
        ['Q', 'Sr', 'QSr!'],
      ],
      [['X', 'Y', 'XY!']],
    );
  });

  it('joins the beginning of one text with another', () => {
    generalises(
      [
        ['Ann Lee', 'hello there', 'Ann Lee: hello..'],
        ['Bo', 'goodbye then', 'Bo: goodb..'],
      ],
      [['X', 'abcdefgh', 'X: abcde..']],
    );
  });

  it('makes and undoes slugs', () => {
    generalises(
      [
        ['Hello, World!', 'hello-world'],
        ['A b  c', 'a-b-c'],
      ],
      [['X & Y', 'x-y']],
    );
    generalises(
      [
        ['Hello, World!', 'hello_world'],
        ['A b  c', 'a_b_c'],
      ],
      [['X & Y', 'x_y']],
    );
    generalises(
      [
        ['hello-world', 'Hello world'],
        ['a-b-c', 'A b c'],
      ],
      [['x-y', 'X y']],
    );
    generalises(
      [
        ['hello_world', 'Hello World'],
        ['a_b_c', 'A B C'],
      ],
      [['x_y', 'X Y']],
    );
  });

  it('encodes and decodes parts of addresses', () => {
    generalises(
      [
        ['a b&c', '/find?q=a%20b%26c'],
        ['x/y', '/find?q=x%2Fy'],
      ],
      [['ü', '/find?q=%C3%BC']],
    );
    generalises(
      [
        ['a%20b%26c', 'a b&c'],
        ['x%2Fy', 'x/y'],
      ],
      [['%C3%BC', 'ü']],
    );
    generalises(
      [
        ['a b&c', 'a+b%26c'],
        ['x/y z', 'x%2Fy+z'],
      ],
      [['ü q', '%C3%BC+q']],
    );
  });

  it('adds a scheme where there is none', () => {
    generalises(
      [
        ['a.org', 'http://a.org'],
        ['https://b.org', 'https://b.org'],
        ['c.net/x', 'http://c.net/x'],
      ],
      [
        ['http://d.org', 'http://d.org'],
        ['e', 'http://e'],
      ],
    );
  });

  it('takes host, path and query of an address', () => {
    generalises(
      [
        ['https://www.a.org/x?y=1', 'a.org'],
        ['http://b.io', 'b.io'],
        ['http://www.c.de/', 'c.de'],
      ],
      [['https://q.rs/t', 'q.rs']],
    );
    generalises(
      [
        ['https://a.org/x?y=1', 'a.org'],
        ['http://b.io/', 'b.io'],
      ],
      [['https://q.rs/t', 'q.rs']],
    );
    generalises(
      [
        ['https://a.org/x/z?y=1', '/x/z'],
        ['http://b.io/q#r', '/q'],
      ],
      [['https://q.rs/t', '/t']],
    );
    generalises(
      [
        ['/find?q=a+b&p=2', 'a b'],
        ['/find?p=1&q=c', 'c'],
      ],
      [['/find?z=1&q=%26', '&']],
    );
  });

  it('takes initials and masks', () => {
    generalises(
      [
        ['Ann Lee', 'AL'],
        ['bo von kim', 'BVK'],
      ],
      [['x y', 'XY']],
    );
    generalises(
      [
        ['secret', '******'],
        ['pw', '**'],
      ],
      [['abc', '***']],
    );
    generalises(
      [
        ['4111111111111234', '**** 1234'],
        ['5500000000005678', '**** 5678'],
      ],
      [['12340000', '**** 0000']],
    );
  });

  it('counts with the right word', () => {
    generalises(
      [
        [1, '1 item left'],
        [3, '3 items left'],
        [0, '0 items left'],
      ],
      [[7, '7 items left']],
    );
    generalises(
      [
        [1, '1 person'],
        [3, '3 people'],
        [10, '10 people'],
      ],
      [[2, '2 people']],
    );
    generalises(
      [
        [['a'], '1 comment'],
        [['a', 'b'], '2 comments'],
        [[], '0 comments'],
      ],
      [[['x', 'y', 'z'], '3 comments']],
    );
  });

  it('writes dates in other forms', () => {
    generalises(
      [
        ['2024-05-03', 'May 3, 2024'],
        ['2023-11-30', 'Nov 30, 2023'],
      ],
      [['1999-12-31', 'Dec 31, 1999']],
    );
    generalises(
      [
        ['2024-05-03', '03/05/2024'],
        ['2023-11-30', '30/11/2023'],
      ],
      [['1999-12-31', '31/12/1999']],
    );
    generalises(
      [
        ['May 3, 2024', '2024-05-03'],
        ['November 30, 2023', '2023-11-30'],
      ],
      [['December 31, 1999', '1999-12-31']],
    );
    generalises(
      [
        ['2024-05-03T14:05:00Z', 'on Friday at 2:05 PM'],
        ['2023-11-30T08:30:00Z', 'on Thursday at 8:30 AM'],
      ],
      [['2024-01-01T00:00:00Z', 'on Monday at 12:00 AM']],
    );
    generalises(
      [
        ['03/05/2024', '3 May 2024'],
        ['30/11/2023', '30 November 2023'],
      ],
      [['31/12/1999', '31 December 1999']],
    );
  });

  it('writes numbers as money and back', () => {
    generalises(
      [
        [1234.5, '$1,234.50'],
        [7, '$7.00'],
        [1000000, '$1,000,000.00'],
      ],
      [[12.25, '$12.25']],
    );
    generalises(
      [
        [1234.5, '1.234,50 €'],
        [7, '7,00 €'],
        [99.9, '99,90 €'],
      ],
      [[4000, '4.000,00 €']],
    );
    generalises(
      [
        [1234567, '1,234,567 views'],
        [999, '999 views'],
        [1000, '1,000 views'],
      ],
      [[4000, '4,000 views']],
    );
    generalises(
      [
        [2, 3.5, 'Total: $7.00'],
        [4, 1.25, 'Total: $5.00'],
        [3, 9.99, 'Total: $29.97'],
      ],
      [[10, 200, 'Total: $2000.00']],
    );
    generalises(
      [
        [1, 'No. 0001'],
        [23, 'No. 0023'],
        [456, 'No. 0456'],
      ],
      [[7, 'No. 0007']],
    );
  });

  it('decides between two texts, or a text and a constant', () => {
    const rows = [
      ['Ann', true, 'Ann (you)'],
      ['Bo', false, 'Bo'],
      ['Cy', true, 'Cy (you)'],
      ['Di', false, 'Di'],
    ];
    generalises(rows, [
      ['X', true, 'X (you)'],
      ['Y', false, 'Y'],
    ]);
    generalises(
      [
        ['', 'none'],
        ['abc', 'abc'],
        ['  ', 'none'],
        ['d', 'd'],
      ],
      [['xyz', 'xyz']],
    );
    generalises(
      [
        [3, 'low'],
        [50, 'high'],
        [9, 'low'],
        [11, 'high'],
        [2, 'low'],
      ],
      [
        [1, 'low'],
        [70, 'high'],
      ],
    );
  });

  it('writes a constant only where nothing varies', () => {
    expect(
      learn([
        ['p', 'x'],
        ['q', 'x'],
      ])?.expr,
    ).toEqual({ lit: 'x' });
    expect(
      learn(
        [
          ['p', 'x'],
          ['q', 'x'],
        ],
        { constantsAllowed: false },
      ),
    ).toBeNull();
    expect(
      learn([
        ['p', 'x'],
        ['q', 'y'],
      ]),
    ).toBeNull();
  });

  it('is unsure after a single example', () => {
    expect(learn([['hello there', 'x', 'hello there']])?.alternatives).toEqual([{ lit: 'hello there' }]);
    expect(learn([['hello there', 'x', 'Re: hello there']])?.expr).toEqual({ fn: 'concat', args: [{ lit: 'Re: ' }, a] });
    expect(learn([['abc', 'x', 'A long text that abc stands in by chance']], { constantsAllowed: false })).toBeNull();
  });

  it('names what else an input that never changed could be', () => {
    const learned = learn([
      ['Ann', 'kg', 'kg', 'Ann: kg'],
      ['Bo', 'kg', 'kg', 'Bo: kg'],
      ['Cy', 'kg', 'kg', 'Cy: kg'],
    ]);
    expect(learned?.expr).toEqual({ fn: 'concat', args: [a, { lit: ': kg' }] });
    const wide = learn([
      ['Ann', 'kilo', 'kilo', 'Ann: kilo'],
      ['Bo', 'kilo', 'kilo', 'Bo: kilo'],
    ]);
    expect(wide?.expr).toEqual({ fn: 'concat', args: [a, { lit: ': ' }, b] });
    expect(wide?.alternatives).toContainEqual({ fn: 'concat', args: [a, { lit: ': ' }, { lit: 'kilo' }] });
    expect(wide?.alternatives).toContainEqual({ fn: 'concat', args: [a, { lit: ': ' }, { reg: 'c' }] });
  });

  it('leaves the allowed share of examples unexplained', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [`User ${i}`, i === 7 ? 'noise' : `Hi User ${i}!`]);
    expect(learn(rows)).toBeNull();
    const learned = learn(rows, { slack: 0.1 });
    expect(learned?.misses).toEqual([7]);
    expect(run(learned?.expr ?? { lit: null }, ['X'])).toBe('Hi X!');
  });

  it('refuses examples that contradict one another', () => {
    expect(
      learn([
        ['x', 'a'],
        ['x', 'b'],
      ]),
    ).toBeNull();
    expect(learn([])).toBeNull();
  });
});
