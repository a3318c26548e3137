import type { DialogOutcome } from '@backlot/protocol';
import type { CDPSession, Page } from 'playwright-core';
import type { DialogPolicy } from './options.ts';

/** Tag of the rrweb custom event that tells of a native dialog; its payload is a `DialogOutcome`. */
export const DIALOG_TAG = 'backlot.dialog';

/** Answers the dialogs of a page, and tells each outcome once the dialog is closed, whoever closed it. */
export async function watchDialogs(page: Page, policy: DialogPolicy, tell: (outcome: DialogOutcome) => void): Promise<void> {
  page.on('dialog', (dialog) => {
    if (policy === 'leave') return;
    const answered = policy === 'accept' ? dialog.accept() : dialog.dismiss();
    answered.catch(() => undefined);
  });
  const client: CDPSession = await page.context().newCDPSession(page);
  await client.send('Page.enable');
  let open: { type: DialogOutcome['type']; message: string } | null = null;
  client.on('Page.javascriptDialogOpening', ({ type, message }) => {
    open = { type, message };
  });
  client.on('Page.javascriptDialogClosed', ({ result, userInput }) => {
    if (open === null) return;
    const text = open.type === 'prompt' && result ? { text: userInput } : {};
    tell({ ...open, accepted: result, ...text });
    open = null;
  });
}
