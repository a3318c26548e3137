import { describe, expect, it } from 'vitest';
import { isInterpreted, keyName, ruleFinder } from '../../src/browser/keys.ts';
import { deskWorld } from '../fixtures/desk-world.ts';

const press = (key: string, ...held: ('ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey')[]) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  altKey: held.includes('altKey'),
  metaKey: held.includes('metaKey'),
  shiftKey: held.includes('shiftKey'),
});

describe('keyName', () => {
  it.each([
    [press('Enter'), 'Enter'],
    [press(' '), 'Space'],
    [press('A', 'shiftKey'), 'A'],
    [press('Tab', 'shiftKey'), 'Shift+Tab'],
    [press('s', 'ctrlKey'), 'Control+s'],
    [press('ArrowUp', 'ctrlKey', 'altKey', 'metaKey', 'shiftKey'), 'Control+Alt+Meta+Shift+ArrowUp'],
  ])('spells %j as %s', (event, name) => {
    expect(keyName(event)).toBe(name);
  });
});

describe('isInterpreted', () => {
  it('leaves to the browser what edits text', () => {
    expect(isInterpreted('Enter', 'line')).toBe(true);
    expect(isInterpreted('Enter', 'text')).toBe(false);
    expect(isInterpreted('Space', 'line')).toBe(false);
    expect(isInterpreted('Space', 'other')).toBe(true);
    expect(isInterpreted('Shift+Tab', 'line')).toBe(false);
    expect(isInterpreted('a', 'line')).toBe(false);
  });
});

describe('ruleFinder', () => {
  it('finds rules by page, anchor and key', () => {
    const find = ruleFinder(deskWorld, 'key');
    expect(find('list', ['edit:a1', 'row:a1'], 'Escape')).toBe(true);
    expect(find('list', ['edit:a1'], 'Delete')).toBe(false);
    expect(find('settings', ['edit:a1'], 'Escape')).toBe(false);
    expect(find('list', ['row:a1'], 'Escape')).toBe(false);
  });
});
