import type { State, WorldEvent } from '@backlot/protocol';

/** Asks natively what the state waits for and answers with the event; null where it waits for nothing. */
export function askDialog({ dialog }: State): WorldEvent | null {
  if (!dialog) return null;
  if (dialog.type === 'alert') {
    window.alert(dialog.message);
    return { type: 'dialog', accept: true };
  }
  if (dialog.type === 'confirm') return { type: 'dialog', accept: window.confirm(dialog.message) };
  const text = window.prompt(dialog.message);
  return text === null ? { type: 'dialog', accept: false } : { type: 'dialog', accept: true, text };
}
