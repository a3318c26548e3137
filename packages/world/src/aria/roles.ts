const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Roles that authors may give; others in a `role` attribute are read over. */
export const validRoles = list(
  'alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox complementary contentinfo ' +
    'definition deletion dialog directory document emphasis feed figure form generic grid gridcell group heading img insertion link list ' +
    'listbox listitem log main mark marquee math meter menu menubar menuitem menuitemcheckbox menuitemradio navigation none note option ' +
    'paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider ' +
    'spinbutton status strong subscript superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem',
);

/** Roles that never have a name. */
export const namelessRoles = list(
  'caption code definition deletion emphasis generic insertion mark paragraph presentation strong subscript suggestion superscript term time',
);

/** Roles named by their content. */
export const namedByContent = list(
  'button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row rowheader switch tab tooltip treeitem',
);

/** Roles (the empty one too) whose content counts inside of something that is named by its content. */
export const contributesContent = list(
  ' caption code contentinfo definition deletion emphasis insertion list listitem mark none paragraph presentation region row rowgroup ' +
    'section strong subscript superscript table term time',
);

/** Roles of what people act on: whoever means a text or a picture inside of one means it. */
export const actedOnRoles = list(
  'button checkbox combobox link listbox menuitem menuitemcheckbox menuitemradio option radio searchbox slider spinbutton switch tab textbox treeitem',
);

/** Roles for which the snapshot tells a state. */
export const checkedRoles = list('checkbox menuitemcheckbox menuitemradio option radio switch treeitem');
export const pressedRoles = list('button');
export const selectedRoles = list('columnheader gridcell option row rowheader tab treeitem');
export const levelRoles = list('heading listitem row treeitem');
export const expandedRoles = list(
  'application button checkbox columnheader combobox gridcell link listbox menuitem menuitemcheckbox menuitemradio row rowheader switch tab treeitem',
);
export const invalidRoles = list(
  'application checkbox columnheader combobox gridcell listbox radiogroup rowheader searchbox slider spinbutton switch textbox tree',
);
export const disabledRoles = list(
  'application button checkbox columnheader combobox composite grid gridcell group input link listbox menu menubar menuitem menuitemcheckbox ' +
    'menuitemradio option radio radiogroup row rowheader scrollbar searchbox select separator slider spinbutton switch tab tablist textbox ' +
    'toolbar tree treegrid treeitem',
);

/** True for the roles that say an element is of no matter. */
export function isPresentational(role: string | null): boolean {
  return role === 'presentation' || role === 'none';
}
