import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evaluate.ts';
import { sectionIn } from '../../src/markup/sections.ts';
import { blankState } from '../../src/state.ts';

const signs =
  '====== Garden ======\n\nAll of it.\n\n===== Tools =====\n\nA rake.\n\n==== Sharp ones ====\n\nA knife.\n\n===== Tools =====\n\nA hoe.\n';
const numbered = 'h1. Garden\r\n\r\nAll of it.\r\n\r\nh2. Tools\r\n\r\nA rake.\r\n';
const hashes = '# Garden\n\nAll.\n\n## Tools\n\nA rake.\n\n### Sharp\n\nA knife.\n\n## Seeds\n\nPeas.\n';

function section(source: string, id: string, reach: 'flat' | 'deep' = 'flat'): string | null {
  const found = sectionIn(source, id, reach);
  return found && source.slice(found.start, found.end);
}

describe('a section of a text', () => {
  it('goes from the heading that an id names to the next', () => {
    expect(section(signs, 'garden')).toBe('====== Garden ======\n\nAll of it.\n\n');
    expect(section(signs, 'sharp_ones')).toBe('==== Sharp ones ====\n\nA knife.\n\n');
    expect(section(numbered, 'Tools')).toBe('h2. Tools\r\n\r\nA rake.\r\n');
  });

  it('is told from others of the same words by the number behind them, or by its place', () => {
    expect(section(signs, 'tools')).toBe('===== Tools =====\n\nA rake.\n\n');
    expect(section(signs, 'tools1')).toBe('===== Tools =====\n\nA hoe.\n');
    expect(section(hashes, '4')).toBe('## Seeds\n\nPeas.\n');
  });

  it('holds those below it where it reaches deep', () => {
    expect(section(hashes, 'tools', 'deep')).toBe('## Tools\n\nA rake.\n\n### Sharp\n\nA knife.\n\n');
  });

  it('is none where no heading is so called', () => {
    expect(section(signs, 'shed')).toBeNull();
    expect(section('plain words', '1')).toBeNull();
  });

  it('makes up the text with what stands before and behind it', () => {
    const scope = { state: blankState('ada'), rows: {}, args: {}, params: {}, field: () => null };
    const read = (fn: string, id: string): unknown => evaluate({ fn, args: [{ lit: signs }, { lit: id }, { lit: 'flat' }] }, scope);
    for (const id of ['garden', 'tools1', 'shed']) {
      expect(`${read('beforeSection', id)}${read('section', id)}${read('afterSection', id)}`).toBe(signs);
    }
  });
});
