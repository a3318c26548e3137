import type { Action, State, World } from '@backlot/protocol';
import { accessiblePage, isBox, isTextField, render } from '@backlot/world';

/** Text that no application holds by chance. */
const oddText = 'Zq 7041 control';
const mostElements = 60;

/** Short runs of actions on the elements of the page shown, each of which may change something: boxes, buttons, fields with Enter. */
export function moreWork(world: World, state: State): readonly (readonly Action[])[] {
  const page = accessiblePage(render(world, state).root, world.styles, { hover: state.hover, focus: state.focus });
  const runs: (readonly Action[])[] = [];
  for (const { element } of page.elements().slice(0, mostElements)) {
    const { role, name, nth } = page.describe(element);
    const target = { role, name, nth };
    if (isBox(element)) runs.push([{ kind: 'checked' in element.attrs ? 'uncheck' : 'check', target }]);
    else if (isTextField(element)) {
      runs.push([
        { kind: 'fill', target, value: oddText },
        { kind: 'press', target, value: 'Enter' },
      ]);
    } else if (role === 'button') runs.push([{ kind: 'click', target }]);
  }
  return runs;
}
