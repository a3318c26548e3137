/** True for an id, class or name that says which place of the page something is, rather than which record: it has no number. */
export const isFixed = (name: string | undefined): name is string => name !== undefined && !/\d/.test(name);
