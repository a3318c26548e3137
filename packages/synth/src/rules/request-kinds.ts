import { findAll, isTextField } from '@backlot/world';
import { isWord } from '../is-word.ts';
import { formAround } from '../node-path.ts';
import type { Case } from './cases.ts';
import type { SentRequest } from './requests.ts';

/** What an address or a form says that makes another request of it: the value of an argument, or null where its name says enough. */
type Asked = NonNullable<SentRequest['query']>;

/** Cases that must ask by a word before it names a kind of request. */
const fewestCases = 2;
/** Share of a kind's cases that lead to one page, and share of all others that may lead there too. */
const mostly = 0.6;
const elsewhere = 0.2;
/** Share of arguments in common up to which requests are sent by forms of different kinds. */
const fewShared = 0.6;
/** Share of a kind's cases that an argument must be in to be one of its own. */
const nearlyAll = 0.9;
/** Share of the requests with a parameter that its words must make kinds of. */
const telling = 0.8;

/** Names of the fields in which a person may have typed or chosen what was sent. */
function fieldsOf({ before, step }: Case): ReadonlySet<string> {
  const form = formAround(before.view.root, step.node);
  const fields = form ? findAll(form, (element) => isTextField(element) || element.tag === 'select') : [];
  return new Set(fields.map(({ attrs }) => attrs['name'] ?? ''));
}

/** The words of a request as `name=value`, or the name alone for one that says nothing else. */
function wordsOf(of: Case): readonly string[] {
  const typed = fieldsOf(of);
  return Object.entries(of.request?.args ?? {}).flatMap(([name, value]) => {
    const text = String(value ?? '');
    const word = text === '' ? name : isWord(text) ? `${name}=${text}` : null;
    return word === null || typed.has(name) ? [] : [word];
  });
}

const pageAfter = ({ after }: Case): string => after.page.id;

/** True where most cases of a kind lead to a page that the other cases hardly ever lead to. */
function leadsElsewhere(cases: readonly Case[], others: readonly Case[]): boolean {
  const [page, led] = [...Map.groupBy(cases, pageAfter)].sort((a, b) => b[1].length - a[1].length)[0] as [string, Case[]];
  const also = others.filter((of) => pageAfter(of) === page).length;
  return led.length >= mostly * cases.length && also <= elsewhere * others.length;
}

const argumentsOf = (of: Case): readonly string[] => Object.keys(of.request?.args ?? {});

/** Share of all names that both have. */
function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((name) => b.has(name)).length;
  return both / (a.size + b.size - both || 1);
}

/** True where a kind is sent by a form that has hardly a field in common with those that send the others. */
function saysOtherThings(cases: readonly Case[], others: readonly Case[]): boolean {
  const counts = new Map<string, number>();
  for (const name of cases.flatMap(argumentsOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const own = new Set([...counts].filter(([, count]) => count >= nearlyAll * cases.length).map(([name]) => name));
  const shared = others.map((of) => {
    const names = new Set(argumentsOf(of));
    return sharedOf(own, names);
  });
  return own.size > 1 && shared.reduce((sum, share) => sum + share, 0) <= fewShared * shared.length;
}

function isKind(cases: readonly Case[], others: readonly Case[]): boolean {
  if (cases.length < fewestCases || others.length === 0) return false;
  return leadsElsewhere(cases, others) || (cases[0]?.request?.method !== 'GET' && saysOtherThings(cases, others));
}

function askedBy(word: string): Asked {
  const at = word.indexOf('=');
  return at < 0 ? { [word]: null } : { [word.slice(0, at)]: word.slice(at + 1) };
}

type Kinds = ReadonlyMap<string, readonly Case[]>;

/** The kinds that the words of one parameter make; none where too many of its values name no kind. */
function kindsBy(name: string, words: Kinds, cases: readonly Case[]): Kinds {
  const given = cases.filter((of) => (of.request?.args ?? {})[name] !== undefined).length;
  const kinds = new Map([...words].filter(([, mine]) => isKind(mine, without(cases, mine))));
  return sizeOf(kinds) >= telling * given ? kinds : new Map();
}

function without(cases: readonly Case[], some: readonly Case[]): readonly Case[] {
  const left = new Set(some);
  return cases.filter((of) => !left.has(of));
}

const sizeOf = (kinds: Kinds): number => [...kinds.values()].reduce((sum, mine) => sum + mine.length, 0);

/** What each case of one address asks by: the words of the parameter that makes a kind of most of them. */
function kindsByWord(cases: readonly Case[]): ReadonlyMap<Case, Asked> {
  const byName = new Map<string, Map<string, Case[]>>();
  for (const of of cases) {
    for (const word of wordsOf(of)) {
      const name = word.split('=')[0] as string;
      const words = byName.get(name) ?? new Map<string, Case[]>();
      const mine = words.get(word) ?? [];
      mine.push(of);
      byName.set(name, words.set(word, mine));
    }
  }
  const ways = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, words]) => kindsBy(name, words, cases));
  const [best = new Map<string, Case[]>()] = ways.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return new Map([...best].flatMap(([word, mine]) => mine.map((of) => [of, askedBy(word)] as const)));
}

/** Share of their fields that requests of one form have in common. */
const oneForm = 0.7;

/** Cases by the form that sent them, whatever page it stood on. */
function formsOf(cases: readonly Case[]): readonly (readonly Case[])[] {
  const forms: { readonly names: ReadonlySet<string>; readonly cases: Case[] }[] = [];
  for (const of of cases) {
    const names = new Set(argumentsOf(of));
    const form = forms.find((each) => sharedOf(each.names, names) >= oneForm);
    if (form) form.cases.push(of);
    else forms.push({ names, cases: [of] });
  }
  return forms.map((form) => form.cases);
}

/** A field that nearly all requests of a form send, and hardly any other; undefined where there is none. */
function ownField(form: readonly Case[], others: readonly Case[]): string | undefined {
  const withName = (cases: readonly Case[], name: string): number => cases.filter((of) => argumentsOf(of).includes(name)).length;
  const names = [...new Set(form.flatMap(argumentsOf))].sort();
  return names.find((name) => withName(form, name) >= nearlyAll * form.length && withName(others, name) <= (1 - nearlyAll) * others.length);
}

/** What each case asks by: a word, or a field of its form where one word is sent by several forms and not always by one of them. */
function kindsOf(cases: readonly Case[]): ReadonlyMap<Case, Asked> {
  const byWord = kindsByWord(cases);
  const forms = cases[0]?.request?.method === 'GET' ? [] : formsOf(cases).filter(({ length }) => length >= fewestCases);
  const kindIn = (of: Case): string => JSON.stringify(byWord.get(of) ?? null);
  const torn = forms.filter((form) => new Set(form.map(kindIn)).size > 1);
  const mixed = torn.filter((form) =>
    forms.some((other) => other !== form && form.some((of) => byWord.has(of) && other.some((each) => kindIn(each) === kindIn(of)))),
  );
  const kinds = new Map(byWord);
  for (const form of mixed) {
    const field = ownField(form, without(cases, form));
    if (field !== undefined) for (const of of form) if (argumentsOf(of).includes(field)) kinds.set(of, { [field]: null });
  }
  return kinds;
}

/** The request with the words that it asks by: a part of its path, or what its query or form says. */
function askingBy(request: SentRequest, query: Asked): SentRequest {
  const parts = request.route.split('/');
  const spelled = parts.map((part) => (part.startsWith(':') ? (query[part.slice(1)] ?? part) : part)).join('/');
  return spelled === request.route ? { ...request, query } : { ...request, route: spelled };
}

/**
 * Tells requests of one address apart by the words in them, where those decide which page answers: an application that is one script is
 * asked for everything at one path.
 */
export function withRequestKinds(cases: readonly Case[]): readonly Case[] {
  const sent = cases.filter((of) => of.request !== undefined);
  const byAddress = Map.groupBy(sent, ({ request }) => `${request?.method} ${request?.route}`);
  const kinds = new Map([...byAddress.values()].flatMap((mine) => [...kindsOf(mine)]));
  return cases.map((of) => {
    const query = kinds.get(of);
    return query && of.request ? { ...of, request: askingBy(of.request, query) } : of;
  });
}
