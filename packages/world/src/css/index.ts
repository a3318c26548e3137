export { computeStyles, type Interaction, type StyledDocument } from './compute-styles.ts';
export { parseSelector } from './parse-selector.ts';
export { matches, type CompiledSelector } from './selector.ts';
export { controlValue, inputType, isChecked, isDisabled, isListBox, isSelected, optionsOf, selectedOptions } from './form-state.ts';
export { StyledElement, closest, type StyledNode } from './styled-element.ts';
