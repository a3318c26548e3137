import type { Session } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { observeSession } from '../src/observed.ts';
import { learnHabits, segment, type Piece } from '../src/segment.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';
import { on, recordSession, type User } from './fixtures/scripted-user.ts';

const recorded = (script: (user: User) => void): Session => recordSession(listWorld, { id: 's', account: 'two' }, script);
const piecesOf = (session: Session): readonly Piece[] => {
  const observed = observeSession(listWorld, session);
  return segment(observed, learnHabits([observed]));
};
const pieces = (script: (user: User) => void): readonly Piece[] => piecesOf(recorded(script));
const write = (user: User, title: string): void => user.does(on('fill', ['textbox', 'What needs doing?'], title));
const enter = (user: User): void => user.does(on('press', ['textbox', 'What needs doing?'], 'Enter'));

describe('segment', () => {
  it('ends a piece with the step that changes what lasts', () => {
    const found = pieces((user) => {
      write(user, 'Visit Bo');
      enter(user);
      user.does(on('check', ['checkbox', 'Done', 0]));
    });
    expect(found).toEqual([[1, 2], [3]]);
  });

  it('tells one entry from the next', () => {
    const found = pieces((user) => {
      for (const title of ['Visit Bo', 'Buy oat milk']) {
        write(user, title);
        enter(user);
      }
      user.does(on('check', ['checkbox', 'Done', 0]));
      write(user, 'Call the plumber');
      enter(user);
    });
    expect(found).toEqual([[1, 2], [3, 4], [5], [6, 7]]);
  });

  it('keeps the way to a page with the work that is done there', () => {
    const found = pieces(({ does }) => {
      does(on('click', ['link', 'Settings']));
      does(on('fill', ['textbox', 'Name'], 'Our list'));
      does(on('click', ['button', 'Save']));
    });
    expect(found).toEqual([[1, 2, 3]]);
  });

  it('keeps what can only be done because of what came before', () => {
    const found = pieces((user) => {
      user.does(on('click', ['link', 'Open']));
      user.does(on('dblclick', ['generic', '', 1]));
      user.does(on('fill', ['textbox', 'Edit'], 'Visit Bo'));
      user.does(on('press', ['textbox', 'Edit'], 'Enter'));
    });
    expect(found).toEqual([[1], [2, 3, 4]]);
  });

  it('cuts looking around where the next could as well have been done before', () => {
    const found = pieces(({ does }) => {
      does(on('click', ['link', 'Open']));
      does(on('click', ['link', 'Done']));
    });
    expect(found).toEqual([[1], [2]]);
  });

  it('cuts at a long pause', () => {
    const found = pieces((user) => {
      write(user, 'a');
      user.does(on('fill', ['textbox', 'What needs doing?'], 'b'), 120_000);
    });
    expect(found).toEqual([[1], [2]]);
  });

  it('needs no world that takes the steps', () => {
    const session = recorded(({ does }) => does(on('check', ['checkbox', 'Done', 0])));
    expect(piecesOf({ ...session, account: 'empty' })).toEqual([[1]]);
  });
});
