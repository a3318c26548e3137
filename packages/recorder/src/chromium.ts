import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const WINDOWED = NAMES.slice(1);

const USUAL_FILES = [
  ...NAMES.flatMap((name) => ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => `${folder}/${name}`)),
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Below `<registry>/chromium-1234` or `<registry>/chromium_headless_shell-1234`. */
const PLAYWRIGHT_FILES = [
  'chrome-linux/headless_shell',
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-mac/headless_shell',
  'chrome-headless-shell-mac-arm64/chrome-headless-shell',
  'chrome-headless-shell-mac-x64/chrome-headless-shell',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win/headless_shell.exe',
  'chrome-headless-shell-win64/chrome-headless-shell.exe',
  'chrome-win/chrome.exe',
  'chrome-win64/chrome.exe',
];

/** Where to look: the environment, and whether the browser must be able to show a window. */
export interface ChromiumSearch {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly headed?: boolean;
}

/** No Chromium was found, or the one that was named cannot be started. The message says what to do. */
export class ChromiumError extends Error {
  override readonly name = 'ChromiumError';
}

/**
 * The path of a Chromium that can be started: the one BACKLOT_CHROMIUM names, else the first on PATH, in the usual places of
 * Linux, macOS and Windows, or in Playwright's registry of installed browsers.
 * @throws ChromiumError
 */
export function findChromium(search: ChromiumSearch = {}): string {
  const env = search.env ?? process.env;
  const named = env['BACKLOT_CHROMIUM'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new ChromiumError(
      `BACKLOT_CHROMIUM is ${named}, which is not an executable file. Correct it, or unset it to let Backlot look for a Chromium.`,
    );
  }
  const found = [...onPath(env, search.headed), ...USUAL_FILES, ...installedByPlaywright(env)].find(
    (file) => isExecutable(file) && !(search.headed && isHeadlessOnly(file)),
  );
  if (found !== undefined) return found;
  throw new ChromiumError(
    `No Chromium${search.headed ? ' that can show a window' : ''} was found on PATH, in the usual places or among Playwright's browsers. ` +
      'Install one (`apt-get install chromium`, `brew install chromium`, or `npx playwright-core install chromium`), or set BACKLOT_CHROMIUM to its path.',
  );
}

function isHeadlessOnly(file: string): boolean {
  return /headless[-_]shell/.test(path.basename(file));
}

function onPath(env: NonNullable<ChromiumSearch['env']>, headed = false): string[] {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return (headed ? WINDOWED : NAMES).flatMap((name) => folders.map((folder) => path.join(folder, name + suffix)));
}

function installedByPlaywright(env: NonNullable<ChromiumSearch['env']>): string[] {
  return registries(env).flatMap((registry) =>
    list(registry)
      .filter((entry) => /^chromium(_headless_shell)?-\d+$/.test(entry))
      .sort((a, b) => revision(b) - revision(a) || (a < b ? -1 : 1))
      .flatMap((entry) => PLAYWRIGHT_FILES.map((file) => path.join(registry, entry, file))),
  );
}

function revision(entry: string): number {
  return Number(entry.slice(entry.lastIndexOf('-') + 1));
}

function registries(env: NonNullable<ChromiumSearch['env']>): string[] {
  const own = env['PLAYWRIGHT_BROWSERS_PATH'];
  if (own && own !== '0') return [own];
  const home = env['HOME'] ?? homedir();
  return [
    path.join(home, '.cache', 'ms-playwright'),
    path.join(home, 'Library', 'Caches', 'ms-playwright'),
    path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'ms-playwright'),
  ];
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
