/**
 * The path of a Chromium that can be started, or null. Looks at BACKLOT_CHROMIUM, PATH, the usual places and Playwright's cache.
 * @throws where BACKLOT_CHROMIUM names something that cannot be executed.
 */
export function findChromium(env?: NodeJS.ProcessEnv): string | null;
