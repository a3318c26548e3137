import type { Effect, Expr, Rule, Template, World } from '@backlot/protocol';
import { element, mapBodies } from './templates.ts';

/** Tells whether a notice still hides the page. */
const popupRegister = 'backlot.popup';
/** Tells whether the document is still loading: true whenever one begins to. */
export const loadingRegister = 'backlot.loading';
const loadedTimer = 'backlot.loaded';

/** How long a page of a slow application loads, in milliseconds. */
export const loadingMs = 2000;

/** Name of the control that closes a notice. */
export const closeName = 'Not now';

const sure = { evidence: [], certainty: 'certain', probability: 1 } as const;

/** Shows something in place of the page as long as a register holds. */
function gated(world: World, register: string, gate: Template): World {
  const shown: Expr = { reg: register };
  return mapBodies(world, (kids) => [{ when: shown, kids: [gate], else: kids }]);
}

/** A notice hides the page until it is closed. */
export function withPopup(world: World): World {
  const notice = element(
    'section#notice',
    { role: 'dialog', 'aria-label': 'Before you go on' },
    element('h2#notice-title', {}, { text: 'Before you go on' }),
    element('p#notice-text', {}, { text: 'Would you like to hear about what is new?' }),
    element('button#notice-accept', { type: 'button' }, { text: 'Yes, tell me' }),
    element('button#notice-close', { type: 'button' }, { text: closeName }),
  );
  const close = (page: string, control: string): Rule => ({
    ...sure,
    id: `backlot.${control} ${page}`,
    on: { ui: { page, anchor: `backlot-${control}`, event: 'click' } },
    do: [{ set: popupRegister, to: { lit: false } }],
    then: 'stay',
  });
  const closing = world.pages.flatMap(({ id }) => [close(id, 'notice-close'), close(id, 'notice-accept')]);
  const registers = [...world.registers, { name: popupRegister, scope: 'tab' as const, initial: true }];
  return gated({ ...world, registers, rules: [...closing, ...world.rules] }, popupRegister, notice);
}

/** Every document takes its time to load. */
export function withLatency(world: World): World {
  const waits: Effect = { after: loadingMs, timer: loadedTimer };
  const opening = world.rules.map((rule) => ('open' in rule.on ? { ...rule, do: [...rule.do, waits] } : rule));
  const plain = world.pages.map(({ id }): Rule => ({ ...sure, id: `backlot.load ${id}`, on: { open: id }, do: [waits], then: 'stay' }));
  const loaded: Rule = {
    ...sure,
    id: loadedTimer,
    on: { timer: loadedTimer },
    do: [{ set: loadingRegister, to: { lit: false } }],
    then: 'stay',
  };
  const registers = [...world.registers, { name: loadingRegister, scope: 'page' as const, initial: true }];
  const loading = element('p#loading', { role: 'status' }, { text: 'Loading…' });
  return gated({ ...world, registers, rules: [...opening, ...plain, loaded] }, loadingRegister, loading);
}
