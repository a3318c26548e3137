const asciiOnly = /^[\u0020-\u007e\s]*$/;

/** A text as a reader takes it: full-width and other forms of a letter as that letter, signs that nobody sees left out. */
export function asRead(text: string): string {
  return asciiOnly.test(text) ? text : text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}+/gu, '');
}
