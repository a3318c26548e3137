import { describe, expect, it } from 'vitest';
import { leadGroups } from '../../src/rules/leads.ts';
import type { Occasion } from '../../src/rules/terms.ts';
import { occasion } from '../fixtures/occasions.ts';

/** How one occasion by itself is said to lead. */
const leadKind = (one: Occasion): string => [...leadGroups([one]).keys()][0] as string;

describe('leadGroups', () => {
  it('says with one place what the page before explains only for the most part', () => {
    const home = Array.from({ length: 3 }, () => occasion({ from: '/', asked: '/delete', to: '/' }));
    const groups = leadGroups([...home, occasion({ from: '/item/7', asked: '/delete', to: '/' })]);
    expect([...groups].map(([kind, { length }]) => [kind, length])).toEqual([['to /', 4]]);
  });

  it('says with the page before what no one place explains', () => {
    const groups = leadGroups(['/', '/', '/?page=2'].map((at) => occasion({ from: at, asked: '/pin', to: at })));
    expect([...groups.keys()]).toEqual(['back']);
  });

  it('tells an answer from being sent back, whatever the fragment', () => {
    expect(leadKind(occasion({ from: '/list', asked: '/new', to: '/new#top' }))).toBe('asked');
    expect(leadKind(occasion({ from: '/list#row3', asked: '/delete', to: '/list' }))).toBe('back');
  });

  it('spells a redirect alike whatever record it leads to', () => {
    const leads = (id: number): string => leadKind(occasion({ from: '/new', asked: '/create', to: `/item/${id}` }));
    expect(leads(17)).toBe(leads(4));
    expect(leads(17)).not.toBe(leadKind(occasion({ from: '/new', asked: '/create', to: '/items' })));
  });

  it('spells a redirect alike whatever the action was given', () => {
    const leads = (title: string): string =>
      leadKind(occasion({ from: '/edit', asked: '/save', args: { title }, to: `/wiki/${encodeURIComponent(title)}` }));
    expect(leads('Red apple')).toBe(leads('Sour lime'));
    expect(leads('Red apple')).toBe('to /wiki/{title}');
  });

  it('spells it alike where the application leaves signs as they are', () => {
    const leads = (id: string): string => leadKind(occasion({ from: '/edit', asked: '/save', args: { id }, to: `/wiki?id=${id}` }));
    expect(leads('fruit:red apple')).toBe('to /wiki?id={id}');
    expect(leads('fruit:lime')).toBe('to /wiki?id={id}');
  });

  it('tells an argument that says where to lead from a redirect to anywhere else', () => {
    const leads = (next: string, to: string): string => leadKind(occasion({ from: '/door', asked: '/enter', args: { next }, to }));
    expect(leads('/list?page=2', '/list?page=2')).toBe('as next says');
    expect(leads('http://127.0.0.1:1/wiki/Home', '/wiki/Home')).toBe('as next says');
    expect(leads('/list', '/sorry')).toBe('to /sorry');
  });

  it('does not take a short argument for a part of the address', () => {
    expect(leadKind(occasion({ from: '/edit', asked: '/save', args: { as: 'ik' }, to: '/wiki/new' }))).toBe('to /wiki/new');
  });

  it('tells staying from moving in the page and from another document', () => {
    expect(leadKind(occasion({ from: '/a' }))).toBe('stay');
    expect(leadKind(occasion({ from: '/a', to: '/a#/done' }))).toBe('moves to /a');
    expect(leadKind(occasion({ from: '/a', to: '/b', loads: true }))).toBe('load');
  });

  it('takes a document that came again by itself, though nothing was asked for, as staying', () => {
    expect(leadKind(occasion({ from: '/a', loads: true }))).toBe('stay');
  });
});
