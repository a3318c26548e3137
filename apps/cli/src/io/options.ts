import { InvalidArgumentError } from 'commander';

/** Reads a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Give a whole number, ${least} or more.`);
    }
    return value;
  };
}

/** Reads a TCP port. */
export function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('Give a port from 0 to 65535; 0 takes a free one.');
  return value;
}

/** Reads a share from 0 to 1. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.');
  return value;
}

/** Reads a size such as `1280x800`. */
export function size(text: string): { readonly width: number; readonly height: number } {
  const parts = /^(\d{2,5})x(\d{2,5})$/.exec(text);
  if (parts === null) throw new InvalidArgumentError('Give width and height in pixels, such as 1280x800.');
  return { width: Number(parts[1]), height: Number(parts[2]) };
}

/** Reads an http or https address. */
export function address(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('Give a whole address, such as http://localhost:8080.');
}

/** Collects the values of an option that may be given several times. */
export function repeated(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
