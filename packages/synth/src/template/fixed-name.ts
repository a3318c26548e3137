/** Ids that React makes up (`useId`): `:r1:`, `«r1»`, `_r_1_`, on servers with a capital R and letters alone now and then. */
const made = /(?:^|-)(?::[rR][0-9a-zA-Z]*:|«[rR][0-9a-zA-Z]*»|_[rR]_[0-9a-zA-Z]+_)/;

/** True for an id that a script made up: it says nothing but which element others mean. */
export const isMadeUp = (id: string): boolean => made.test(id);

/** True for an id, class or name that says which place of the page something is, rather than which record: nobody numbered it. */
export const isFixed = (name: string | undefined): name is string => name !== undefined && !/\d/.test(name) && !isMadeUp(name);
