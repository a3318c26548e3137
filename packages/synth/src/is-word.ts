const longestWord = 24;

/** True for a short word of letters, as addresses and forms spell what they ask for. */
export const isWord = (text: string): boolean => text.length <= longestWord && /^[a-z][a-z_-]*$/i.test(text);
