import { functions, resolveAddress, withoutHash } from '@backlot/world';
import type { Occasion } from './terms.ts';

/** Shorter texts stand in addresses by chance. */
const shortest = 3;

/** An address with what the action was given taken out, so that the same redirect is spelled alike whatever it is about. */
function spelled(url: string, args: Readonly<Record<string, unknown>>): string {
  let out = withoutHash(url);
  for (const name of Object.keys(args).sort()) {
    const value = String(args[name] ?? '');
    // Applications do not all encode the same signs.
    for (const text of [encodeURIComponent(value), value]) if (text.length >= shortest) out = out.replaceAll(text, `{${name}}`);
  }
  return out.replaceAll(/\d+/g, '#');
}

/** Argument that says which address to lead to, if one does; the plain start page says nothing. */
export function addressArgument(args: Readonly<Record<string, unknown>>, url: string): string | null {
  const wanted = withoutHash(url);
  const says = (value: unknown): boolean =>
    typeof value === 'string' && /^(?:https?:\/\/|\/)/.test(value) && withoutHash(localAddress(value)) === wanted;
  return (
    Object.keys(args)
      .sort()
      .find((name) => says(args[name])) ?? null
  );
}

const localAddress = (value: string): string => String(functions['localAddress']?.(value) ?? value);

/** What may be said of where an action led: the page asked for, where an argument says, else the page before or a fixed place. */
function leadKinds({ of, scope }: Occasion): readonly string[] {
  const [before, after] = [of.before.view, of.after.view];
  if (of.request) {
    if (withoutHash(after.url) === withoutHash(of.request.url)) return ['asked'];
    const named = addressArgument(scope.args, after.url);
    if (named !== null) return [`as ${named} says`];
    const isBack = withoutHash(after.url) === withoutHash(before.url);
    return [...(isBack ? ['back'] : []), `to ${spelled(after.url, scope.args)}`];
  }
  if (before.url === after.url) return ['stay'];
  if (before.load !== after.load) return ['load'];
  return [`moves to ${spelled(after.url, scope.args)}`];
}

/** Occasions by where they led: as few ways as can be, the commonest first. */
export function leadGroups(occasions: readonly Occasion[]): ReadonlyMap<string, readonly Occasion[]> {
  const groups = new Map<string, readonly Occasion[]>();
  let rest = occasions.map((occasion) => ({ occasion, kinds: leadKinds(occasion) }));
  while (rest.length > 0) {
    const counts = new Map<string, number>();
    for (const { kinds } of rest) for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const [kind] = [...counts].sort((a, b) => b[1] - a[1])[0] as [string, number];
    groups.set(
      kind,
      rest.filter(({ kinds }) => kinds.includes(kind)).map(({ occasion }) => occasion),
    );
    rest = rest.filter(({ kinds }) => !kinds.includes(kind));
  }
  return groups;
}

/** Where the link that was acted on leads by itself; null where there is none. */
export function linkTarget({ of: { origin, before } }: Occasion): string | null {
  const node = origin.element.nodes.get(origin.instance);
  const href = node?.tag === 'a' ? node.attrs['href'] : undefined;
  return href === undefined ? null : resolveAddress(before.view.url, href);
}

/** True where a script led to another address: no link says so, and no form was sent. */
export function isScripted(occasion: Occasion): boolean {
  const { request, before, after } = occasion.of;
  return !request && before.view.url !== after.view.url && linkTarget(occasion) !== after.view.url;
}
