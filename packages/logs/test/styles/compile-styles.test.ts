import { describe, expect, it } from 'vitest';
import { compileStyles } from '../../src/styles/index.ts';

const viewport = { width: 1280, height: 800 };

/** Rules compiled from sheets, each as one line without its specificity. */
function compiled(...sheets: string[]): string[] {
  return compileStyles(sheets, viewport).map((rule) => {
    const { selector, pseudo, important, ...rest } = rule;
    const values = JSON.stringify({ ...rest, specificity: undefined }).replaceAll(/\\?"/g, '');
    return `${selector}${pseudo === undefined ? '' : `::${pseudo}`} ${values}${important === true ? ' !' : ''}`;
  });
}

describe('compiling style sheets', () => {
  it('keeps only what decides a snapshot', () => {
    expect(compiled('p { color: red; display: none } b { margin: 0 } @font-face { src: url(x) }')).toEqual(['p {display:none}']);
  });

  it('puts rules in cascade order: specificity, then position, important ones last', () => {
    expect(compiled('#a{display:grid} p{display:flex!important} .b{display:none}', 'i{display:block} .c{display:inline}')).toEqual([
      'i {display:block}',
      '.b {display:none}',
      '.c {display:inline}',
      '#a {display:grid}',
      'p {display:flex} !',
    ]);
  });

  it('takes properties, features and units that are called like members of every object for unknown', () => {
    const sheet = 'p { constructor: x; toString: y; display: none } @media (constructor) { b { display: none } }';
    expect(compiled(sheet, '@media (min-width: 1constructor) { i { display: none } }')).toEqual(['p {display:none}']);
  });

  it('splits selector lists and takes pseudo-elements off', () => {
    expect(compiled('a::before, b:after, ::before, ul > ::after { content: "x" }')).toEqual([
      '*::before {content:x}',
      'a::before {content:x}',
      'b::after {content:x}',
      'ul>*::after {content:x}',
    ]);
  });

  it('drops a rule with a selector that no browser understands', () => {
    expect(compiled('p:bogus, b { display: none } i::-moz-thing, u { display: none } s::-webkit-thing, em { display: none }')).toEqual([
      'em {display:none}',
    ]);
  });

  it('passes over values that no browser understands', () => {
    expect(compiled('p { display: none; display: -ms-flexbox; visibility: maybe }')).toEqual(['p {display:none}']);
  });

  it('keeps positions and floats where some rule takes boxes out of the line', () => {
    expect(compiled('p { position: relative; float: none }')).toEqual([]);
    expect(compiled('p { position: relative } b { position: fixed }')).toEqual(['p {position:relative}', 'b {position:fixed}']);
  });

  it('keeps custom properties that a value needs, through others too', () => {
    expect(compiled(':root { --a: var(--b); --b: "x"; --c: 1 } p::before { content: var(--a) }')).toEqual([
      'p::before {content:var(--a)}',
      ':root {vars:{--a:var(--b),--b:x}}',
    ]);
  });

  it('unfolds nested rules', () => {
    expect(compiled('.a { &:hover { display: none } b { display: flex } > i { display: grid } @media screen { display: block } }')).toEqual(
      [':is(.a) {display:block}', ':is(.a) b {display:flex}', ':is(.a)>i {display:grid}', ':is(.a):hover {display:none}'],
    );
  });

  it('ranks layers by first mention, unlayered rules above them, and the other way round where important', () => {
    expect(
      compiled(
        '@layer one, two; @layer two { p { display: flex; visibility: hidden !important } } @layer one { #x { display: grid } } p { display: block; visibility: visible !important }',
      ),
    ).toEqual(['#x {display:grid}', 'p {display:flex}', 'p {display:block}', 'p {visibility:visible} !', 'p {visibility:hidden} !']);
  });

  it('takes what sheets ask for as supported', () => {
    expect(compiled('@supports (display: grid) { p { display: grid } } @supports not (display: grid) { p { display: none } }')).toEqual([
      'p {display:grid}',
    ]);
  });

  it('reads on behind broken text', () => {
    expect(compiled('p { display: none; ??? } b { color: ; display: flex } @media { i {display:grid} } u { display: none')).toContain(
      'b {display:flex}',
    );
  });

  it('gives the same array for the same sheets', () => {
    expect(compileStyles(['p{display:none}'], viewport)).toBe(compileStyles(['p{display:none}'], { ...viewport }));
    expect(compileStyles(['p{display:none}'], viewport)).not.toBe(compileStyles(['p{display:none}'], { width: 1, height: 1 }));
  });

  it.each([
    ['a', 1],
    ['*', 0],
    ['#a .b[c]:hover i', 1_003_001],
    [':is(#a, b) c', 1_000_001],
    [':where(#a) c', 1],
    [':not(.a) b', 1001],
    ['li:nth-child(2n of .x)', 2001],
    ['p:before', 2],
  ])('weighs %s as %d', (selector, specificity) => {
    expect(compileStyles([`${selector} { display: none; content: "" }`], viewport)[0]?.specificity).toBe(specificity);
  });
});

describe('media conditions', () => {
  it.each([
    ['screen', true],
    ['print', false],
    ['not print', true],
    ['only screen and (min-width: 1280px)', true],
    ['(max-width: 79em)', false],
    ['(max-width: 80em)', true],
    ['(400px <= width < 1280px)', false],
    ['(width >= 1280px) and (height < 801px)', true],
    ['(orientation: landscape)', true],
    ['(min-aspect-ratio: 16/9)', false],
    ['(prefers-color-scheme: dark)', false],
    ['(prefers-reduced-motion: no-preference)', true],
    ['(prefers-reduced-motion)', false],
    ['(hover: hover) and (pointer: fine)', true],
    ['(-webkit-min-device-pixel-ratio: 2)', false],
    ['(min-resolution: 96dpi)', true],
    ['not all and (min-width: 100px)', false],
    ['(min-width: 1px) and (not (hover))', false],
    ['print, (color)', true],
    ['(unheard-of: 1)', false],
  ])('%s is %s', (condition, holds) => {
    expect(compiled(`@media ${condition} { p { display: none } }`)).toEqual(holds ? ['p {display:none}'] : []);
  });
});
