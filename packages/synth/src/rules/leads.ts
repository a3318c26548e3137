import { functions } from '@backlot/world';
import type { Occasion } from './terms.ts';

const withoutHash = (url: string): string => url.split('#')[0] as string;

/** An address with what the action was given taken out, so that the same redirect is spelled alike whatever it is about. */
function spelled(url: string, args: Readonly<Record<string, unknown>>): string {
  let out = withoutHash(url);
  for (const name of Object.keys(args).sort()) {
    const value = encodeURIComponent(String(args[name] ?? ''));
    if (value.length >= 3) out = out.replaceAll(value, `{${name}}`);
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

/** Where an action led, in kinds that a rule can tell: the page asked for, the page before, elsewhere, nowhere. */
export function leadKind({ of, scope }: Occasion): string {
  const [before, after] = [of.before.view, of.after.view];
  if (of.request) {
    if (withoutHash(after.url) === withoutHash(of.request.url)) return 'asked';
    const named = addressArgument(scope.args, after.url);
    if (named !== null) return `as ${named} says`;
    if (withoutHash(after.url) === withoutHash(before.url)) return 'back';
    return `to ${spelled(after.url, scope.args)}`;
  }
  if (before.url === after.url) return 'stay';
  if (before.load !== after.load) return 'load';
  return `moves to ${spelled(after.url, scope.args)}`;
}
