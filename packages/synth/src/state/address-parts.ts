/** Takes an address apart at its separators, which count as parts: `/a/1?x=2` gives `/`, `a`, `/`, `1`, `?`, `x`, `=`, `2`. */
export function partsOf(address: string): readonly string[] {
  return address.split(/([/?&=#;])/).filter((part) => part !== '');
}
