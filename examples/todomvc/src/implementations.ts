/** What differs between implementations as far as a person perceives it. */
export interface Implementation {
  /** Accessible name of the box that toggles all. */
  readonly toggleAll: string;
  /** Accessible name of the button that clears so many completed to-dos. */
  readonly clearCompleted: (count: number) => string;
}

const usual: Implementation = {
  toggleAll: 'Mark all as complete',
  clearCompleted: (count) => `Clear completed (${count})`,
};
const unnamedToggle: Implementation = { ...usual, toggleAll: '' };

/** The implementations that simulated users know how to use, by their folder in the package `todomvc`. */
export const implementations: Readonly<Record<string, Implementation>> = {
  ampersand: usual,
  angularjs: usual,
  'angularjs-perf': usual,
  angularjs_require: usual,
  ariatemplates: unnamedToggle,
  backbone: usual,
  backbone_marionette_require: usual,
  backbone_require: usual,
  closure: usual,
  // Its templates leave marks around the number, and names get a space there.
  emberjs: { ...unnamedToggle, clearCompleted: (count) => `Clear completed ( ${count} )` },
  enyo_backbone: usual,
  epitome: usual,
  exoskeleton: usual,
  knockback: usual,
  react: unnamedToggle,
  'react-backbone': unnamedToggle,
  thorax: usual,
  troopjs_require: usual,
  'typescript-angular': usual,
  vanillajs: usual,
  vue: unnamedToggle,
};

/** @throws where nobody knows how to use it. */
export function implementation(name: string): Implementation {
  const found = implementations[name];
  if (found !== undefined) return found;
  throw new Error(`Simulated users do not know the implementation "${name}". Known: ${Object.keys(implementations).join(', ')}.`);
}
