/** What differs between implementations as far as a person perceives it. */
export interface Implementation {
  /** Accessible name of the box that toggles all. */
  readonly toggleAll: string;
}

/** The implementations that simulated users know how to use, by their folder in the package `todomvc`. */
export const implementations: Readonly<Record<string, Implementation>> = {
  react: { toggleAll: '' },
  backbone: { toggleAll: 'Mark all as complete' },
  vue: { toggleAll: '' },
};

/** @throws where nobody knows how to use it. */
export function implementation(name: string): Implementation {
  const found = implementations[name];
  if (found !== undefined) return found;
  throw new Error(`Simulated users do not know the implementation "${name}". Known: ${Object.keys(implementations).join(', ')}.`);
}
