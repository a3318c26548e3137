import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const usualPlaces = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/google/chrome',
  '/usr/lib/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where Playwright keeps a browser, below `<cache>/chromium-1234` or `<cache>/chromium_headless_shell-1234`. */
const playwrightBinaries = [
  'chrome-linux/headless_shell',
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-mac/headless_shell',
  'chrome-headless-shell-mac-arm64/chrome-headless-shell',
  'chrome-headless-shell-mac-x64/chrome-headless-shell',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-headless-shell-win64/chrome-headless-shell.exe',
  'chrome-win/headless_shell.exe',
  'chrome-win/chrome.exe',
];

/**
 * The path of a Chromium that can be started, or null. Looks at BACKLOT_CHROMIUM, PATH, the usual places and Playwright's cache.
 * @throws where BACKLOT_CHROMIUM names something that cannot be executed.
 */
export function findChromium(env = process.env) {
  const named = env['BACKLOT_CHROMIUM'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(
      `BACKLOT_CHROMIUM is ${named}, which is not an executable file. Correct it, or unset it to let Backlot look for a Chromium.`,
    );
  }
  return candidates(env).find((path) => isExecutable(path) && starts(path)) ?? null;
}

function candidates(env) {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...usualPlaces];
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...installed, ...usualPlaces, ...cachedByPlaywright(env)];
}

function cachedByPlaywright(env) {
  return playwrightCaches(env).flatMap((cache) =>
    list(cache)
      .filter((entry) => /^chromium(_headless_shell)?-\d+$/.test(entry))
      .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
      .flatMap((entry) => playwrightBinaries.map((binary) => join(cache, entry, binary))),
  );
}

function playwrightCaches(env) {
  const own = env['PLAYWRIGHT_BROWSERS_PATH'];
  if (own && own !== '0') return [own];
  const home = homedir();
  return [
    join(home, '.cache', 'ms-playwright'),
    join(home, 'Library', 'Caches', 'ms-playwright'),
    join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'ms-playwright'),
  ];
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Ubuntu's chromium-browser only asks for a snap, and a fetched Chromium may lack system libraries. On Windows `--version` opens a window. */
function starts(path) {
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}
