import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesView, htmlView, refOf, refsView, treeView } from '../../src/index.ts';
import { play, refOf as ref, scene } from '../fixtures/list.ts';

const bare = (text: string): string => text.replaceAll(/\[ref=\w+\]/g, '[ref]').replaceAll(/\[e\w{5}\]/g, '[ref]');

describe('refsView', () => {
  it('is the snapshot with a ref for each element, texts without a role included', () => {
    expect(bare(refsView(scene())).split('\n').slice(0, 6)).toEqual([
      '- heading "Ada’s list" [level=1] [ref]',
      '- textbox "What needs doing?" [ref]',
      '- list [ref]:',
      '  - listitem [ref]:',
      '    - checkbox "Done" [ref]',
      '    - generic [ref]: Buy milk',
    ]);
  });

  it('gives an element the same ref in every state', () => {
    const later = play([{ kind: 'fill', ref: ref('textbox', 'What needs doing?'), value: 'x' }]);
    expect(ref('link', 'Settings', later)).toBe(ref('link', 'Settings'));
  });

  it('gives no two elements of a page the same ref', () => {
    const refs = [...refsView(scene()).matchAll(/\[ref=(\w+)\]/g)].map(([, each]) => each);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refOf('a', (taken) => taken === refOf('a'))).not.toBe(refOf('a'));
  });
});

describe('treeView', () => {
  it('is the tree as BrowserGym writes it', () => {
    expect(bare(treeView(scene())).split('\n').slice(0, 8)).toEqual([
      "RootWebArea 'Ada’s list · List', focused, url='/'",
      "\t[ref] heading 'Ada’s list'",
      "\t[ref] textbox 'What needs doing?'",
      "\t[ref] list ''",
      "\t\t[ref] listitem ''",
      "\t\t\t[ref] checkbox 'Done', checked='false'",
      "\t\t\t[ref] generic ''",
      "\t\t\t\tStaticText 'Buy milk'",
    ]);
  });

  it('tells value and focus of a field', () => {
    const field = ref('textbox', 'What needs doing?');
    const typed = play([
      { kind: 'click', ref: field },
      { kind: 'fill', ref: field, value: 'it’s "tea" & \'co' },
    ]);
    expect(treeView(scene(typed))).toContain(String.raw`, value='it’s "tea" & \'co', focused`);
  });
});

describe('htmlView', () => {
  it('carries the refs, and escapes what data says', () => {
    const field = ref('textbox', 'What needs doing?');
    const html = htmlView(scene(play([{ kind: 'fill', ref: field, value: '"><b>' }])));
    expect(html).toContain(`<input bid="${field}" class="new" placeholder="What needs doing?" value="&quot;&gt;&lt;b&gt;">`);
    expect(html.startsWith('<body')).toBe(true);
  });
});

describe('changesView', () => {
  it('tells only the lines that differ, and nothing where none does', () => {
    expect(changesView('a\nb\nc\nd\ne', 'a\nB\nc\nd\ne\nf')).toBe('@ 2\n-b\n+B\n@ 6\n+f');
    expect(changesView('a', 'a')).toBe('');
  });

  it('is the whole page where that is shorter', () => {
    expect(changesView('a\nb\nc\nd', 'x')).toBe('= the whole page\nx');
  });

  it('leads from the view before to the view after, whatever they are', () => {
    const page = fc
      .array(fc.constantFrom('a', 'b', 'c', '- x', '+ y', ''), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(page, page, (before, after) => {
        expect(applied(before, changesView(before, after))).toBe(after);
      }),
      { numRuns: 300 },
    );
  });
});

function applied(before: string, changes: string): string {
  if (changes === '') return before;
  if (changes.startsWith('= the whole page\n')) return changes.slice('= the whole page\n'.length);
  const from = before.split('\n');
  const out: string[] = [];
  let at = 0;
  for (const line of changes.split('\n')) {
    if (line.startsWith('@ ')) while (at < Number(line.slice(2)) - 1) out.push(from[at++] as string);
    else if (line.startsWith('+')) out.push(line.slice(1));
    else at += 1;
  }
  return [...out, ...from.slice(at)].join('\n');
}
