import type { DomElement, Step } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { askedFor, sentTo } from '../src/asked.ts';
import { el, html, visitOf } from './fixtures/dom.ts';

const form = (method: string): DomElement => ({
  ...el(
    'form',
    { action: '/part', method },
    el('input', { name: 'id', type: 'hidden', value: 'fig' }),
    el('input', { name: 'note', value: 'ripe' }),
    { ...el('button', { name: 'do', value: 'edit' }, 'Edit'), id: 7 },
  ),
});

interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly redirect?: string;
  readonly load?: number;
}

/** A click on the button of a form, and the page that it led to. */
function clicked({ method = 'post', url = '/part', redirect, load = 1 }: Sent = {}): { step: Step; root: DomElement } {
  const root = html(form(method));
  const [, step] = visitOf([{ root }, { root: html(el('p', {}, 'part')), url, load }]).steps;
  if (!step) throw new Error('The visit lacks its second step.');
  const exchange = { method: 'POST', url: '/part', status: redirect ? 302 : 200, responseMime: 'text/html', at: 0, ms: 1 };
  const exchanges = redirect === undefined ? [] : [{ ...exchange, redirect }];
  return { step: { ...step, node: 7, action: { kind: 'click' }, exchanges }, root };
}

const at = (root: DomElement) => ({ isClick: true, root, url: '/' });
const fields = { id: 'fig', note: 'ripe', do: 'edit' };

describe('what an action asked for', () => {
  it('is the form with its fields and the button that sent it', () => {
    const { step, root } = clicked();
    expect(askedFor(step, at(root))).toEqual({ method: 'POST', url: '/part', form: fields });
  });

  it('is nothing where no document was loaded', () => {
    const { step, root } = clicked({ load: 0 });
    expect(askedFor(step, at(root))).toBeUndefined();
  });
});

describe('what was posted for a document', () => {
  it('is what a form sent, where the application answered it with the document at once', () => {
    const { step, root } = clicked();
    expect(sentTo(step, at(root))).toEqual({ posted: fields });
  });

  it('is told apart from what a form sent to where the application then led', () => {
    const { step, root } = clicked({ redirect: '/part' });
    expect(sentTo(step, at(root))).toEqual({ redirected: fields });
  });

  it('is nothing where the document has another address, or the address says it all', () => {
    const elsewhere = clicked({ url: '/list' });
    expect(sentTo(elsewhere.step, at(elsewhere.root))).toEqual({});
    const asked = clicked({ method: 'get', url: '/part?id=fig&note=ripe&do=edit' });
    expect(sentTo(asked.step, at(asked.root))).toEqual({});
  });
});
