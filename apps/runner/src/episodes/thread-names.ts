/** A name that tells in which thread what it names is; where there is but one, the name alone. */
export function namedIn(thread: number | null, name: string): string {
  return thread === null ? name : `${thread}-${name}`;
}

/** The thread that a name tells; null where it tells none. Numbers of threads are short, what else begins with digits is not. */
export function threadOf(name: string): number | null {
  const number = /^(\d{1,3})-/.exec(name)?.[1];
  return number === undefined ? null : Number(number);
}
