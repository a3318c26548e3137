import type { FidelityReport, Looks, PredictedSession, SideBySide } from '@backlot/fidelity';
import type { LogSet } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import type { Context } from './io/command.ts';
import { messageOf } from './io/errors.ts';

/** A camera over a served clone, kept until both the figures and the pictures are taken. */
export interface LookAt {
  /** How alike so many pages look; null where there was none to look at. */
  measure(pages: number): Promise<Looks | null>;
  /** Pictures of what a report gives as examples, and of the pages that look least alike. */
  photograph(report: FidelityReport): Promise<readonly SideBySide[]>;
  close(): Promise<void>;
}

/** What is looked at; recorded pages show the files of all these logs. */
export interface LookAtOptions {
  readonly clone: Clone & { readonly dir: string };
  readonly predicted: readonly PredictedSession[];
  readonly logs: readonly LogSet[];
}

/** Pages that look least alike and are shown. */
const mostShown = 3;

/** Sets up what takes pictures; null, with a note why, where there is no browser to take them in. */
export async function lookAt({ clone, predicted, logs }: LookAtOptions, { terminal, signal }: Context): Promise<LookAt | null> {
  const { ChromiumError, launchBrowser } = await import('@backlot/recorder');
  const { Camera, measureLooks, photograph } = await import('@backlot/fidelity');
  const { serveClone } = await import('@backlot/sandbox');
  const { world, dir } = clone;
  const browser = await launchBrowser().catch((error: unknown) => {
    if (!(error instanceof ChromiumError)) throw error;
    terminal.note(`Looks are not measured. ${messageOf(error)}`);
    return null;
  });
  if (browser === null) return null;
  const served = await serveClone(dir);
  const close = async (): Promise<void> => {
    await browser.close();
    await served.close();
  };
  try {
    const assets = logs.flatMap((each) => each.assets);
    const camera = await Camera.open({ browser, cloneURL: served.url, viewport: world.viewport, assets });
    const options = { world, predicted, camera, signal };
    return {
      measure: (pages) => measureLooks(options, pages),
      photograph: ({ advice, looks }) => {
        const least = (looks?.pages ?? []).toSorted((a, b) => a.ssim - b.ssim).slice(0, mostShown);
        return photograph(options, [...advice.flatMap(({ examples }) => examples.slice(0, 1)), ...least]);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
