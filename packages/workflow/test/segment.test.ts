import { describe, expect, it } from 'vitest';
import { replaySession, segment, type Piece } from '../src/index.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';
import { on, recordSession, type User } from './fixtures/scripted-user.ts';

const pieces = (script: (user: User) => void): readonly Piece[] =>
  segment(listWorld, replaySession(listWorld, recordSession(listWorld, { id: 's', account: 'two' }, script)));
const write = (user: User, title: string): void => user.does(on('fill', ['textbox', 'What needs doing?'], title));
const enter = (user: User): void => user.does(on('press', ['textbox', 'What needs doing?'], 'Enter'));

describe('segment', () => {
  it('ends a piece with the step that changes what lasts', () => {
    const found = pieces((user) => {
      write(user, 'Visit Bo');
      enter(user);
      user.does(on('check', ['checkbox', 'Done', 0]));
    });
    expect(found).toEqual([
      { steps: [1, 2], effect: ['insert item'] },
      { steps: [3], effect: ['update item(done=true)'] },
    ]);
  });

  it('leaves out steps without which the change would come about too', () => {
    const found = pieces((user) => {
      write(user, 'Visit');
      user.does(on('click', ['link', 'Open']));
      write(user, 'Visit Bo');
      enter(user);
    });
    expect(found).toEqual(
      [
        { steps: [2], effect: [] },
        { steps: [3, 4], effect: ['insert item'] },
        { steps: [1], effect: [] },
      ].toSorted((a, b) => (a.steps.at(-1) ?? 0) - (b.steps.at(-1) ?? 0)),
    );
  });

  it('keeps the way to a page where the work is done', () => {
    const found = pieces(({ does }) => {
      does(on('click', ['link', 'Settings']));
      does(on('fill', ['textbox', 'Name'], 'Our list'));
      does(on('click', ['button', 'Save']));
    });
    expect(found).toEqual([{ steps: [1, 2, 3], effect: ['register'] }]);
  });

  it('cuts looking around where the address changes', () => {
    const found = pieces(({ does }) => {
      does(on('click', ['link', 'Open']));
      does(on('click', ['link', 'Done']));
    });
    expect(found.map((piece) => piece.steps)).toEqual([[1], [2]]);
  });

  it('cuts looking around at a long pause', () => {
    const found = pieces((user) => {
      write(user, 'a');
      user.does(on('fill', ['textbox', 'What needs doing?'], 'b'), 120_000);
    });
    expect(found.map((piece) => piece.steps)).toEqual([[1], [2]]);
  });

  it('tells doing from undoing', () => {
    const found = pieces(({ does }) => {
      does(on('check', ['checkbox', 'Done', 0]));
      does(on('uncheck', ['checkbox', 'Done', 0]));
    });
    expect(found.map((piece) => piece.effect)).toEqual([['update item(done=true)'], ['update item(done=false)']]);
  });

  it('passes over steps that the world refuses', () => {
    const session = recordSession(listWorld, { id: 's', account: 'two' }, ({ does }) => does(on('check', ['checkbox', 'Done', 0])));
    expect(segment(listWorld, replaySession(listWorld, { ...session, account: 'empty' }))).toEqual([]);
  });
});
