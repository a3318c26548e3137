/**
 * The work that simulated people do with a to-do list: the truth that a learned distribution can be held against.
 * Weights are relative; a workflow that is impossible at the moment (nothing to toggle, no filter shown) is left out.
 */
export const workflows = {
  add: 14,
  toggle: 22,
  edit: 14,
  delete: 9,
  filter: 12,
  workInFilter: 9,
  toggleAll: 7,
  clearCompleted: 34,
  blankEnter: 4,
  reload: 7,
} as const;
export type Workflow = keyof typeof workflows;

/** How the arguments of the work are chosen. Shares are probabilities. */
export const habits = {
  /** Actions of a session, the first page load included. */
  actions: [12, 25],
  /** To-dos added in a row: how many, and how many at the start of a session. */
  addsInARow: { 1: 60, 2: 28, 3: 9, 4: 3 },
  addsAtStart: { 1: 10, 2: 30, 3: 40, 4: 20 },
  /** A title typed with spaces around it, which the application takes away. */
  spacesAround: 0.1,
  /** A click on the field for new to-dos although it has the focus already. */
  clicksField: 0.3,
  /** Enter in an empty field, or in one that holds spaces only. */
  blank: { empty: 60, spaces: 40 },
  /** What becomes of an edited title, and how the edit ends. */
  editText: { rewritten: 55, continued: 33, emptied: 12 },
  editEnd: { enter: 70, blur: 30 },
  /** Where a person clicks to leave an edit. */
  blurOn: { heading: 60, newTodo: 40 },
  /** After a look at a filtered list. */
  afterFilter: { stay: 30, back: 40, all: 30 },
  /** What is done inside a filtered list. */
  inFilter: { toggle: 45, add: 25, delete: 15, edit: 15 },
  filter: { active: 50, completed: 50 },
  /** After work in a filtered list, a return to the whole. */
  leavesFilter: 0.6,
  /** Toggles in a row. */
  toggles: { 1: 70, 2: 25, 3: 5 },
  /** Milliseconds before an action: a lognormal of seconds, cut off. */
  think: { mu: 0.5, sigma: 0.7, most: 40_000 },
} as const;

/** The words that titles are made of. */
export const words = {
  verb: 'buy fix call email plan write read clean pack order return book repair paint water check cancel renew sort print review collect sharpen measure borrow'.split(
    ' ',
  ),
  adjective: 'old green small broken urgent spare blue paper wooden second quiet winter'.split(' '),
  noun: 'milk,bicycle,invoice,garden,passport,lamp,report,sofa,ticket,soup,letter,window,guitar,camera,budget,ladder,kettle,novel,jacket,router,birthday cake,front door,tax form,guest room,coffee beans'.split(
    ',',
  ),
  person: 'Ada Boris Chen Dolores Emre Farida Gus Hana Ivo Júlia Kofi Lena'.split(' '),
  day: 'today tomorrow Monday Tuesday Friday Sunday tonight'.split(' '),
  place: 'at the market,in the attic,near the station,behind the shed,at work,online'.split(','),
} as const;

/** Shapes of titles: `{word}` is drawn from `words` (`{Verb}` with a capital), `{n}` is a number from 2 to 99. */
export const titleShapes = [
  '{Verb} {noun}',
  '{Verb} {adjective} {noun}',
  '{Verb} {noun} {place}',
  '{Verb} {noun} for {person}',
  '{Verb} {n} {adjective} {noun}s',
  '{Verb} the {noun} & the {noun}',
  '{Verb} {noun}, {noun} and {noun} {day}',
  '{Verb} "{adjective} {noun}" ({day})',
  '{verb} {noun} #{n}',
  '{person}: {verb} {noun}?',
  "{person}'s {adjective} {noun}",
  '{noun}',
  '{Verb} {person} about the {adjective} {noun} {place} - {day}!',
  '{n}% of the {noun}',
] as const;
