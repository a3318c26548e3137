import type { DomElement, Exchange, Step } from '@backlot/protocol';
import { formData, isSubmitter, parseAddress, resolveAddress, toQuery, withoutHash } from '@backlot/world';
import { pathToId } from './node-path.ts';

/** What an action asked the application for. */
export interface Asked {
  readonly method: string;
  /** Relative to the application. */
  readonly url: string;
  /** Fields of the form that was sent; none for links. */
  readonly form: Readonly<Record<string, string>>;
}

/** Where an action took place: the page before it and its address. */
export interface AskedAt {
  /** True where an element was clicked, so that links are followed. */
  readonly isClick: boolean;
  readonly root: DomElement;
  readonly url: string;
}

function askedByForm(form: DomElement, submitter: DomElement | undefined, url: string): Asked {
  const data = formData(form, submitter);
  const method = (submitter?.attrs['formmethod'] ?? form.attrs['method'] ?? 'get').toUpperCase();
  const action = resolveAddress(url, submitter?.attrs['formaction'] ?? form.attrs['action'] ?? '');
  if (method !== 'GET') return { method, url: action, form: data };
  return { method, url: `${action.split(/[?#]/)[0]}?${toQuery(data)}`, form: data };
}

/** What a click on a link, a click on a button of a form, or Enter in a field asks for. */
function askedBy(node: number, { isClick, root, url }: AskedAt): Asked | undefined {
  const path = pathToId(root, node);
  const link = path.findLast((element) => element.tag === 'a' && 'href' in element.attrs);
  if (link && isClick) return { method: 'GET', url: resolveAddress(url, link.attrs['href'] ?? ''), form: {} };
  const form = path.findLast((element) => element.tag === 'form');
  return form && askedByForm(form, path.findLast(isSubmitter), url);
}

/** Fields that were really sent, where the log holds them: a page may mask what was typed. */
function sentFields(exchanges: readonly Exchange[], method: string): Readonly<Record<string, string>> {
  const sent = exchanges.find((exchange) => exchange.method === method && exchange.requestBody?.mimeType.includes('urlencoded'));
  return sent?.requestBody ? parseAddress(`/?${sent.requestBody.text}`).query : {};
}

/** True where an address has the path of another and all of its parameters, whatever they say: what was typed may be masked. */
function asks(url: string, wanted: string): boolean {
  const [own, other] = [parseAddress(url), parseAddress(wanted)];
  return own.path === other.path && Object.keys(other.query).every((name) => name in own.query);
}

const answers =
  (asked: Asked) =>
  ({ method, url }: Exchange): boolean =>
    method === asked.method && asks(url, asked.url);

/** What an action asked for; undefined where it loaded no document, or a script did something else. */
export function askedFor(step: Step, at: AskedAt): Asked | undefined {
  if (step.before.load === step.after.load || step.node === undefined) return undefined;
  const asked = askedBy(step.node, at);
  if (!asked || /^[a-z]+:/i.test(asked.url)) return undefined;
  // The log holds what was sent, and what the link or form asks for is not among it.
  if (step.exchanges.length > 0 && !step.exchanges.some(answers(asked))) return undefined;
  return { ...asked, form: { ...asked.form, ...sentFields(step.exchanges, asked.method) } };
}

/** Fields that were sent to the address of the document which a step led to: for it, or redirected to it. */
export interface SentTo {
  readonly posted?: Asked['form'];
  readonly redirected?: Asked['form'];
}

/** The fields that were sent to the address of the document which a step led to; none where it has another address. */
export function sentTo(step: Step, at: AskedAt): SentTo {
  const asked = askedFor(step, at);
  if (!asked || asked.method === 'GET' || withoutHash(step.after.url) !== withoutHash(asked.url)) return {};
  return step.exchanges.find(answers(asked))?.redirect === undefined ? { posted: asked.form } : { redirected: asked.form };
}
