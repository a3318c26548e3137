import type { Page } from 'playwright-core';

const QUIET_MS = 80;
const MOST_MS = 2000;

/** Waits until the page has not changed for a while. */
export async function settle(page: Page): Promise<void> {
  for (const end = Date.now() + MOST_MS; Date.now() < end;) {
    try {
      await page.waitForLoadState('load', { timeout: MOST_MS });
      await page.evaluate(QUIET);
      return;
    } catch {
      // The page was replaced while it was watched: watch the new one.
      await page.waitForTimeout(20);
    }
  }
}

const QUIET = `new Promise((resolve) => {
  const finish = () => { observer.disconnect(); clearTimeout(timer); clearTimeout(most); resolve(); };
  const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(finish, ${QUIET_MS}); });
  let timer = setTimeout(finish, ${QUIET_MS});
  const most = setTimeout(finish, ${MOST_MS});
  observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
})`;
