import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Folder of this package: the sources are beside `dist` in the published package too. */
const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * The text of `runtime.js`: the interpreter and all that shows it in a page, as one classic script. The same bytes on every
 * call and in every clone; readable, not minified.
 * @throws where the sources can't be bundled, with esbuild's account of it.
 */
export async function bundleRuntime(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: packageFolder,
    entryPoints: ['src/browser/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    conditions: ['@backlot/source'],
    logLevel: 'silent',
  });
  const script = outputFiles[0];
  if (!script) throw new Error('esbuild wrote no runtime.js.');
  return script.text;
}
