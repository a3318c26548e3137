/** Takes an address apart at its separators, which count as parts: `/a/1?x=2` gives `/`, `a`, `/`, `1`, `?`, `x`, `=`, `2`. */
export function partsOf(address: string): readonly string[] {
  return address.split(/([/?&=#;])/).filter((part) => part !== '');
}

/** A part of an address as it reads: escapes and plus signs taken back; as it is where it is no proper escape. */
export function decoded(part: string): string {
  const plain = part.replaceAll('+', ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
