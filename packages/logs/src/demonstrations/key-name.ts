const names = new Map([
  [8, 'Backspace'],
  [9, 'Tab'],
  [13, 'Enter'],
  [27, 'Escape'],
  [32, ' '],
  [33, 'PageUp'],
  [34, 'PageDown'],
  [35, 'End'],
  [36, 'Home'],
  [37, 'ArrowLeft'],
  [38, 'ArrowUp'],
  [39, 'ArrowRight'],
  [40, 'ArrowDown'],
  [46, 'Delete'],
]);

/** The name of a key by its `keyCode`, where it may do more than write a character or hold another key down; else null. */
export function keyName(keyCode: number): string | null {
  return names.get(keyCode) ?? null;
}
